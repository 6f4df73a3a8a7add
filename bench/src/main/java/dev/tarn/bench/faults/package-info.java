/// Injects faults into real `tarn` processes and proves that nothing is lost, counted twice, half
/// seen or silently wrong.
@NullMarked
package dev.tarn.bench.faults;

import org.jspecify.annotations.NullMarked;
