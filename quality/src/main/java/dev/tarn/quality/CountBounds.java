package dev.tarn.quality;

import dev.tarn.vocabulary.Failure;

/// How many there may be, both bounds included; without an upper bound `max` is `Long.MAX_VALUE`.
public record CountBounds(long min, long max) {

  public CountBounds {
    if (min < 0 || max < min) {
      throw Failure.input("nothing is from " + min + " to " + max);
    }
  }

  public static CountBounds atLeast(long min) {
    return new CountBounds(min, Long.MAX_VALUE);
  }

  boolean holds(long count) {
    return count >= min && count <= max;
  }

  /// As in `1 to 5 rows`.
  String text(String what) {
    if (min == max) {
      return min + " " + what;
    }
    if (max == Long.MAX_VALUE) {
      return "at least " + min + " " + what;
    }
    return min == 0 ? "at most " + max + " " + what : min + " to " + max + " " + what;
  }
}
