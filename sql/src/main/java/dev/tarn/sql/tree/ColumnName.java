package dev.tarn.sql.tree;

/// A column as it is named in EXCLUDE and RENAME.
///
/// @param table the table it is qualified by; empty when it is not
public record ColumnName(String table, String column) {}
