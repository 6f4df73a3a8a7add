/// A project's files read into typed values, with every problem found and where it stands.
@NullMarked
package dev.tarn.app.project;

import org.jspecify.annotations.NullMarked;
