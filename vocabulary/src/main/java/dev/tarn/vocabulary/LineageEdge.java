package dev.tarn.vocabulary;

/// One column is derived from another.
///
/// @param kind `value` when values flow from it, `condition` when it decides which rows appear
public record LineageEdge(
    TableName table, String column, TableName fromTable, String fromColumn, String kind) {

  /// The same of another column of the table.
  public LineageEdge of(String other) {
    return new LineageEdge(table, other, fromTable, fromColumn, kind);
  }
}
