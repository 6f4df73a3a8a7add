/// The rows that two versions of a table differ in.
@NullMarked
package dev.tarn.engine.change;

import org.jspecify.annotations.NullMarked;
