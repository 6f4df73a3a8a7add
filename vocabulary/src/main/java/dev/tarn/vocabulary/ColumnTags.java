package dev.tarn.vocabulary;

import java.util.List;
import java.util.Map;

/// How the tags of a column are kept among the properties of its table: `tarn.column.email.tags` is
/// `pii.email, contact`.
public final class ColumnTags {
  private static final String BEFORE = "tarn.column.";
  private static final String AFTER = ".tags";

  private ColumnTags() {}

  /// The property that holds the tags of that column.
  public static String property(String column) {
    return BEFORE + column + AFTER;
  }

  /// Whether a property holds the tags of some column.
  public static boolean isProperty(String property) {
    return property.startsWith(BEFORE) && property.endsWith(AFTER);
  }

  public static String text(List<String> tags) {
    return String.join(", ", tags);
  }

  /// The tags of a column of a table with those properties.
  public static List<String> of(String column, Map<String, String> properties) {
    String text = properties.getOrDefault(property(column), "");
    return text.isBlank() ? List.of() : List.of(text.split("\\s*,\\s*"));
  }
}
