package dev.tarn.quality;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tells from the words of a check's SQL whether it looks at each row of `this` alone: too seldom
/// rather than too often, because what is not found here is judged in the general way.
final class RowFilter {
  private static final Pattern FILTER =
      Pattern.compile(
          "\\s*select\\s+(?:this\\s*\\.\\s*)?\\*\\s+from\\s+this\\s+where\\b(.*)",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /// What begins a query within a query, a window, or another clause of the query.
  private static final Pattern BEYOND =
      Pattern.compile(
          ";|--|/\\*|\\b(select|from|values|table|with|over|group|having|window|qualify|order|limit"
              + "|offset|fetch|using|union|intersect|except|for)\\b",
          Pattern.CASE_INSENSITIVE);

  private RowFilter() {}

  /// The condition of `SELECT * FROM this WHERE condition`.
  static Optional<String> of(SqlAt query) {
    Matcher matcher = FILTER.matcher(query.text());
    return matcher.matches()
        ? Optional.of(matcher.group(1)).filter(RowFilter::alone)
        : Optional.empty();
  }

  /// Whether a condition reads nothing but the row.
  static boolean alone(String condition) {
    return !BEYOND.matcher(condition).find();
  }
}
