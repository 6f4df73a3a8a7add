package dev.tarn.quality;

import java.util.Locale;

/// A figure of a whole table that can be followed over time.
public enum Metric {
  ROW_COUNT,
  DISTINCT_COUNT,
  /// Which share of the rows is NULL, from 0 to 1.
  NULL_SHARE,
  SUM,
  MEAN,
  MIN,
  MAX;

  /// As written in a project.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean needsColumn() {
    return this != ROW_COUNT;
  }

  /// Whether it is computed with the values, which must then be numbers.
  boolean needsNumbers() {
    return switch (this) {
      case ROW_COUNT, DISTINCT_COUNT, NULL_SHARE -> false;
      case SUM, MEAN, MIN, MAX -> true;
    };
  }
}
