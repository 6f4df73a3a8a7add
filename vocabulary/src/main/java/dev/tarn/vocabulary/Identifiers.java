package dev.tarn.vocabulary;

/// How names and texts are written in SQL.
public final class Identifiers {

  private Identifiers() {}

  /// The name in double quotes, inner quotes doubled.
  public static String quote(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /// The text as a SQL string literal, inner quotes doubled.
  public static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
