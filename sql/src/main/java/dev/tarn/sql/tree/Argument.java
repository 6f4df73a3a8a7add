package dev.tarn.sql.tree;

/// One argument of a function.
///
/// @param name the name it is given by, as in `header := true`; empty when it is given by position
public record Argument(String name, Expression expression) {}
