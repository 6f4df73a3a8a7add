package dev.tarn.bench;

import java.util.List;
import java.util.Locale;

/// What making one table took, or a sum of such.
public record PhaseTiming(String table, long rows, ProcessMeter.Taken taken) {

  /// All tables whose names begin so, as one.
  static PhaseTiming sum(String prefix, List<PhaseTiming> timings) {
    var parts = timings.stream().filter(timing -> timing.table().startsWith(prefix)).toList();
    var taken =
        parts.stream()
            .map(PhaseTiming::taken)
            .reduce(new ProcessMeter.Taken(0, 0), ProcessMeter.Taken::plus);
    var rows = parts.stream().mapToLong(PhaseTiming::rows).sum();
    return new PhaseTiming(prefix.isEmpty() ? "all" : "all " + prefix, rows, taken);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-32s %,12d rows %8.2f s wall %8.2f s cpu",
        table,
        rows,
        taken.wallSeconds(),
        taken.cpuSeconds());
  }
}
