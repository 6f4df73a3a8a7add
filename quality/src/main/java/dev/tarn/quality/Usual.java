package dev.tarn.quality;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;

/// What the figure usually is.
///
/// @param deviation the median absolute deviation, scaled to a standard deviation of a normal
///   distribution
record Usual(int runs, double median, double deviation) {
  private static final int LEAST_RUNS = 7;
  private static final double NORMAL = 1.4826;

  /// However steady it was, a hundredth of it is one deviation, so that a still table may begin to
  /// move.
  private static final double LEAST_SHARE = 0.01;

  static Usual of(double[] values) {
    double median = median(values);
    double[] distances = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      distances[i] = Math.abs(values[i] - median);
    }
    double deviation = Math.max(NORMAL * median(distances), LEAST_SHARE * Math.abs(median));
    return new Usual(values.length, median, deviation);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return 0;
    }
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  boolean enough() {
    return runs >= LEAST_RUNS;
  }

  double deviations(double value) {
    double distance = Math.abs(value - median);
    return distance == 0 ? 0 : distance / deviation;
  }

  String text() {
    return enough() ? ", usually " + plain(median) : "";
  }

  String text(double value) {
    if (!enough()) {
      return "not enough history: " + runs + " of " + LEAST_RUNS + " earlier runs";
    }
    return "usually "
        + plain(median)
        + ", this is "
        + String.format(Locale.ROOT, "%.1f", deviations(value))
        + " deviations off ("
        + runs
        + " earlier runs)";
  }

  static String plain(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString()
        : Double.toString(value);
  }
}
