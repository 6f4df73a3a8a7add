package dev.tarn.sql.tree;

/// One item of ORDER BY.
///
/// @param direction `ORDER_DEFAULT`, `ASCENDING` or `DESCENDING`
/// @param nulls `ORDER_DEFAULT`, `NULLS FIRST` or `NULLS LAST`
public record OrderItem(String direction, String nulls, Expression expression) {}
