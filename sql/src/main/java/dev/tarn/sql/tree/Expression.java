package dev.tarn.sql.tree;

import java.util.List;
import java.util.Optional;

/// What yields a value.
public sealed interface Expression extends SqlNode {

  /// The name given by AS; empty when none was.
  String alias();

  /// A column, possibly qualified, possibly followed by fields of a struct: which part is which
  /// only schemas tell.
  record ColumnRef(Origin origin, String alias, List<String> path) implements Expression {
    public ColumnRef {
      path = List.copyOf(path);
    }

    @Override
    public List<SqlNode> children() {
      return List.of();
    }
  }

  /// A literal.
  ///
  /// @param kind `INTEGER`, `NUMERIC`, `STRING`, `BOOLEAN`, `NULL_LITERAL`, `HEX`, …
  record Constant(Origin origin, String alias, String kind, String text) implements Expression {
    @Override
    public List<SqlNode> children() {
      return List.of();
    }
  }

  /// A call of a function or an operator written as one, as `a + b` or `list_value(1, 2)`.
  record FunctionCall(
      Origin origin,
      String alias,
      List<String> path,
      List<Argument> arguments,
      boolean distinct,
      boolean operator,
      Optional<Expression> filter,
      List<OrderItem> orders)
      implements Expression {
    public FunctionCall {
      path = List.copyOf(path);
      arguments = List.copyOf(arguments);
      orders = List.copyOf(orders);
    }

    public String name() {
      return path.getLast();
    }

    @Override
    public List<SqlNode> children() {
      return new ChildList().addArguments(arguments).add(filter).addItems(orders).all();
    }
  }

  /// `=`, `<`, `IS DISTINCT FROM` and the like.
  record Comparison(Origin origin, String alias, String kind, Expression left, Expression right)
      implements Expression {
    @Override
    public List<SqlNode> children() {
      return List.of(left, right);
    }
  }

  /// `AND`, `OR`.
  record Conjunction(Origin origin, String alias, String kind, List<Expression> parts)
      implements Expression {
    public Conjunction {
      parts = List.copyOf(parts);
    }

    @Override
    public List<SqlNode> children() {
      return List.copyOf(parts);
    }
  }

  /// `NOT`, `IN (…)`, `IS NULL`, `COALESCE`, subscripts, field access, GROUPING and the like.
  record Operator(Origin origin, String alias, String kind, List<Expression> operands)
      implements Expression {
    public Operator {
      operands = List.copyOf(operands);
    }

    @Override
    public List<SqlNode> children() {
      return List.copyOf(operands);
    }
  }

  /// `CAST`, `::` and `TRY_CAST`.
  record Cast(Origin origin, String alias, Expression value, TypeName type, boolean lenient)
      implements Expression {
    @Override
    public List<SqlNode> children() {
      return List.of(value, type);
    }
  }

  /// `CASE`; the simple form is read as comparisons.
  record Case(Origin origin, String alias, List<When> whens, Expression otherwise)
      implements Expression {
    public Case {
      whens = List.copyOf(whens);
    }

    /// One `WHEN … THEN …`.
    public record When(Expression condition, Expression result) {}

    @Override
    public List<SqlNode> children() {
      ChildList list = new ChildList();
      whens.forEach(when -> list.add(when.condition()).add(when.result()));
      return list.add(otherwise).all();
    }
  }

  /// A query in an expression.
  ///
  /// @param kind `SCALAR`, `EXISTS`, `NOT_EXISTS` or `ANY` (also `IN`)
  /// @param operand what `IN` and `ANY` compare with the rows
  record Subquery(
      Origin origin,
      String alias,
      String kind,
      String comparison,
      Optional<Expression> operand,
      QueryBody body)
      implements Expression {
    @Override
    public List<SqlNode> children() {
      return new ChildList().add(operand).add(body).all();
    }
  }

  /// `*`, `t.*`, `COLUMNS(…)`, `*COLUMNS(…)`.
  ///
  /// @param relation the qualifier of `t.*`; empty without one
  /// @param columns true for COLUMNS(…)
  /// @param pattern what COLUMNS selects by: a regular expression, a list or a lambda; empty for
  ///   all
  record Star(
      Origin origin,
      String alias,
      String relation,
      List<ColumnName> excluded,
      List<Replacement> replaced,
      List<Renaming> renamed,
      boolean columns,
      Optional<Expression> pattern)
      implements Expression {
    public Star {
      excluded = List.copyOf(excluded);
      replaced = List.copyOf(replaced);
      renamed = List.copyOf(renamed);
    }

    /// One `REPLACE (expression AS column)`.
    public record Replacement(String column, Expression expression) {}

    /// One `RENAME (column AS name)`.
    public record Renaming(ColumnName column, String name) {}

    @Override
    public List<SqlNode> children() {
      ChildList list = new ChildList();
      replaced.forEach(replacement -> list.add(replacement.expression()));
      return list.add(pattern).all();
    }
  }

  /// A function over a window.
  record Window(
      Origin origin,
      String alias,
      List<String> path,
      List<Argument> arguments,
      List<Expression> partitions,
      List<OrderItem> orders,
      List<OrderItem> argumentOrders,
      Optional<Expression> filter,
      List<Expression> bounds,
      boolean distinct)
      implements Expression {
    public Window {
      path = List.copyOf(path);
      arguments = List.copyOf(arguments);
      partitions = List.copyOf(partitions);
      orders = List.copyOf(orders);
      argumentOrders = List.copyOf(argumentOrders);
      bounds = List.copyOf(bounds);
    }

    public String name() {
      return path.getLast();
    }

    @Override
    public List<SqlNode> children() {
      ChildList list = new ChildList().addArguments(arguments).addItems(argumentOrders).add(filter);
      return list.add(partitions).addItems(orders).add(bounds).all();
    }
  }

  /// `BETWEEN`.
  record Between(Origin origin, String alias, Expression value, Expression lower, Expression upper)
      implements Expression {
    @Override
    public List<SqlNode> children() {
      return List.of(value, lower, upper);
    }
  }

  /// `lambda x: …` and `x -> …`; the arrow on a value that is no parameter reads a field of JSON.
  record Lambda(
      Origin origin, String alias, Expression parameters, Expression body, boolean keyword)
      implements Expression {
    @Override
    public List<SqlNode> children() {
      return List.of(parameters, body);
    }
  }

  /// `COLLATE`.
  record Collate(Origin origin, String alias, Expression value, String collation)
      implements Expression {
    @Override
    public List<SqlNode> children() {
      return List.of(value);
    }
  }

  /// `?`, `$1`, `$name`.
  record Parameter(Origin origin, String alias, String name) implements Expression {
    @Override
    public List<SqlNode> children() {
      return List.of();
    }
  }

  /// `#1`: a column of FROM by position, or of the result in ORDER BY.
  ///
  /// @param index counts from 1
  record Positional(Origin origin, String alias, int index) implements Expression {
    @Override
    public List<SqlNode> children() {
      return List.of();
    }
  }

  /// The name of a type, with its parts.
  record TypeName(Origin origin, String alias, List<String> path, List<Expression> parts)
      implements Expression {
    public TypeName {
      path = List.copyOf(path);
      parts = List.copyOf(parts);
    }

    @Override
    public List<SqlNode> children() {
      return List.copyOf(parts);
    }
  }
}
