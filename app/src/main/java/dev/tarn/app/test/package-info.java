/// Unit tests of models: what is given, what is expected, and how the two are told apart.
@NullMarked
package dev.tarn.app.test;

import org.jspecify.annotations.NullMarked;
