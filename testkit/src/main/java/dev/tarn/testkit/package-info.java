/// Clocks turned by hand, golden files and real servers for tests; only tests lean on it.
@NullMarked
package dev.tarn.testkit;

import org.jspecify.annotations.NullMarked;
