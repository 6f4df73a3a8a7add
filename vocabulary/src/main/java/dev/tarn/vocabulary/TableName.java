package dev.tarn.vocabulary;

import java.util.Locale;

/// A table's full name, `layer.name`. Names compare without regard to case, as in the engine.
///
/// @param layer the schema: `bronze`, `silver`, `gold`, `system` or a further one
/// @param name the table's own name
public record TableName(String layer, String name) implements Comparable<TableName> {

  public TableName {
    if (layer.isBlank() || name.isBlank()) {
      throw Failure.input("a table needs a layer and a name, as in silver.orders");
    }
    layer = layer.toLowerCase(Locale.ROOT);
    name = name.toLowerCase(Locale.ROOT);
  }

  /// Reads `layer.name`; the layer ends at the first dot.
  public static TableName parse(String text) {
    int dot = text.indexOf('.');
    if (dot <= 0 || dot == text.length() - 1) {
      throw Failure.input("'" + text + "' is not a table: write layer.name, as in silver.orders");
    }
    return new TableName(text.substring(0, dot), text.substring(dot + 1));
  }

  /// Where rows go that could not be parsed.
  public TableName rejected() {
    return new TableName(layer, name + "__rejected");
  }

  /// Where rows go that failed a check.
  public TableName quarantine() {
    return new TableName(layer, name + "__quarantine");
  }

  /// This name as SQL, each part quoted.
  public String sql() {
    return Identifiers.quote(layer) + "." + Identifiers.quote(name);
  }

  @Override
  public int compareTo(TableName other) {
    int byLayer = layer.compareTo(other.layer);
    return byLayer != 0 ? byLayer : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return layer + "." + name;
  }
}
