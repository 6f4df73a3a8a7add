/// Measurements, each of Tarn beside its reference in one run.
@NullMarked
package dev.tarn.bench;

import org.jspecify.annotations.NullMarked;
