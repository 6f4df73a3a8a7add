package dev.tarn.sql.tree;

import java.util.List;

/// One `expression IN (…)` of PIVOT, or the `name` and columns of UNPIVOT.
///
/// @param expressions what PIVOT turns into columns
/// @param names the name columns that UNPIVOT makes
/// @param entries the values (PIVOT) or columns (UNPIVOT)
/// @param enumeration the ENUM type that lists the values; empty when `entries` do
public record PivotColumn(
    List<Expression> expressions, List<String> names, List<Entry> entries, String enumeration) {

  public PivotColumn {
    expressions = List.copyOf(expressions);
    names = List.copyOf(names);
    entries = List.copyOf(entries);
  }

  List<Expression> entryExpressions() {
    return entries.stream().map(Entry::expression).toList();
  }

  /// One value or column, and the name it is given; empty when none is.
  public record Entry(Expression expression, String alias) {}
}
