package dev.tarn.vocabulary;

/// A column of a table.
///
/// @param required true when the column never holds NULL
public record Column(String name, Type type, boolean required) {

  public Column {
    if (name.isEmpty()) {
      throw Failure.input("a column needs a name");
    }
  }

  public static Column of(String name, Type type) {
    return new Column(name, type, false);
  }

  @Override
  public String toString() {
    return name + " " + type.sql() + (required ? " NOT NULL" : "");
  }
}
