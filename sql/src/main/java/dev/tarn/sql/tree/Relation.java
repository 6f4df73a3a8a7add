package dev.tarn.sql.tree;

import java.util.List;
import java.util.Optional;

/// What stands in FROM.
public sealed interface Relation extends SqlNode {

  /// The name that columns are qualified by; empty when none was given.
  String alias();

  /// A named table, view, common table, or a file in quotes.
  ///
  /// @param path the parts of its name: one, two (`layer.name`) or three
  /// @param columns new names for its columns, possibly fewer than it has
  /// @param at the moment of `AT (VERSION => …)` or `AT (TIMESTAMP => …)`
  record Table(
      Origin origin, String alias, List<String> path, List<String> columns, Optional<Expression> at)
      implements Relation {
    public Table {
      path = List.copyOf(path);
      columns = List.copyOf(columns);
    }

    public String name() {
      return path.getLast();
    }

    @Override
    public List<SqlNode> children() {
      return new ChildList().add(at).all();
    }
  }

  /// Two relations side by side.
  ///
  /// @param kind `INNER`, `LEFT`, `RIGHT`, `FULL`, `SEMI`, `ANTI`
  /// @param manner `REGULAR`, `CROSS`, `NATURAL`, `ASOF`, `POSITIONAL`, …
  /// @param using the columns of USING
  record Join(
      Origin origin,
      String alias,
      Relation left,
      Relation right,
      String kind,
      String manner,
      Optional<Expression> condition,
      List<String> using,
      Optional<Expression> ranking)
      implements Relation {
    public Join {
      using = List.copyOf(using);
    }

    @Override
    public List<SqlNode> children() {
      return new ChildList().add(left).add(right).add(condition).add(ranking).all();
    }
  }

  /// A query in parentheses; it may refer to relations on its left.
  record Subquery(Origin origin, String alias, List<String> columns, QueryBody body)
      implements Relation {
    public Subquery {
      columns = List.copyOf(columns);
    }

    @Override
    public List<SqlNode> children() {
      return List.of(body);
    }
  }

  /// A function that yields rows, as `range(10)` or `unnest(t.tags)`.
  record TableFunction(
      Origin origin,
      String alias,
      List<String> columns,
      Expression.FunctionCall call,
      boolean ordinality)
      implements Relation {
    public TableFunction {
      columns = List.copyOf(columns);
    }

    @Override
    public List<SqlNode> children() {
      return List.of(call);
    }
  }

  /// PIVOT or UNPIVOT of a relation.
  ///
  /// @param values the names of the value columns that UNPIVOT makes; empty for PIVOT
  record Pivot(
      Origin origin,
      String alias,
      List<String> columns,
      Relation source,
      List<Expression> aggregates,
      List<String> values,
      List<PivotColumn> pivots,
      List<String> groups,
      boolean includeNulls)
      implements Relation {
    public Pivot {
      columns = List.copyOf(columns);
      aggregates = List.copyOf(aggregates);
      values = List.copyOf(values);
      pivots = List.copyOf(pivots);
      groups = List.copyOf(groups);
    }

    public boolean unpivots() {
      return !values.isEmpty();
    }

    @Override
    public List<SqlNode> children() {
      ChildList list = new ChildList().add(source).add(aggregates);
      pivots.forEach(pivot -> list.add(pivot.expressions()).add(pivot.entryExpressions()));
      return list.all();
    }
  }

  /// `VALUES (…), (…)`.
  record Values(Origin origin, String alias, List<String> columns, List<List<Expression>> rows)
      implements Relation {
    public Values {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }

    @Override
    public List<SqlNode> children() {
      ChildList list = new ChildList();
      rows.forEach(list::add);
      return list.all();
    }
  }

  /// No FROM at all: one row without columns.
  record Nothing(Origin origin, String alias) implements Relation {
    @Override
    public List<SqlNode> children() {
      return List.of();
    }
  }
}
