package dev.tarn.sql.tree;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// Reads expressions.
final class ExpressionReader {
  private final TreeReader tree;

  ExpressionReader(TreeReader tree) {
    this.tree = tree;
  }

  Expression read(Fields fields) {
    Origin origin = fields.origin();
    String alias = fields.text("alias");
    String kind = fields.text("type");
    return switch (fields.text("class")) {
      case "COLUMN_REF" -> new Expression.ColumnRef(origin, alias, fields.texts("column_names"));
      case "CONSTANT" -> constant(fields);
      case "FUNCTION" -> function(fields);
      case "COMPARISON" ->
          new Expression.Comparison(origin, alias, kind, left(fields), right(fields));
      case "CONJUNCTION" -> new Expression.Conjunction(origin, alias, kind, children(fields));
      case "OPERATOR" -> new Expression.Operator(origin, alias, kind, children(fields));
      case "CAST" -> cast(fields);
      case "CASE" -> choice(fields);
      case "SUBQUERY" -> subquery(fields);
      case "STAR" -> star(fields);
      case "WINDOW" -> window(fields);
      case "BETWEEN" -> between(fields);
      case "LAMBDA" -> lambda(fields);
      case "COLLATE" ->
          new Expression.Collate(
              origin, alias, fields.node("child", tree::expression), fields.text("collation"));
      case "PARAMETER" -> new Expression.Parameter(origin, alias, fields.text("identifier"));
      case "POSITIONAL_REFERENCE" ->
          new Expression.Positional(origin, alias, fields.integer("index"));
      case "TYPE" -> typeName(fields);
      default -> throw fields.unknown("the expression", fields.text("class"));
    };
  }

  private Expression left(Fields fields) {
    return fields.node("left", tree::expression);
  }

  private Expression right(Fields fields) {
    return fields.node("right", tree::expression);
  }

  private List<Expression> children(Fields fields) {
    return fields.list("children", tree::expression);
  }

  private Expression constant(Fields fields) {
    Fields literal = fields.inside("literal");
    return new Expression.Constant(
        fields.origin(), fields.text("alias"), literal.text("kind"), literal.text("text"));
  }

  private Expression function(Fields fields) {
    return new Expression.FunctionCall(
        fields.origin(),
        fields.text("alias"),
        fields.path(),
        fields.list("arguments", tree::argument),
        fields.flag("distinct"),
        fields.flag("is_operator"),
        fields.optional("filter", tree::expression),
        fields.inside("order_bys").list("orders", tree::orderItem));
  }

  private Expression cast(Fields fields) {
    if (!(fields.node("type_expr", tree::expression) instanceof Expression.TypeName type)) {
      throw fields.unknown("the cast", fields.json().path("type_expr").path("class").asText());
    }
    return new Expression.Cast(
        fields.origin(),
        fields.text("alias"),
        fields.node("child", tree::expression),
        type,
        fields.flag("try_cast"));
  }

  private Expression choice(Fields fields) {
    return new Expression.Case(
        fields.origin(),
        fields.text("alias"),
        fields.list("case_checks", this::when),
        fields.node("else_expr", tree::expression));
  }

  private Expression.Case.When when(JsonNode json) {
    Fields fields = tree.fields(json);
    return new Expression.Case.When(
        fields.node("when_expr", tree::expression), fields.node("then_expr", tree::expression));
  }

  private Expression subquery(Fields fields) {
    String kind = fields.text("subquery_type");
    return switch (kind) {
      case "SCALAR", "EXISTS", "NOT_EXISTS", "ANY" ->
          new Expression.Subquery(
              fields.origin(),
              fields.text("alias"),
              kind,
              fields.text("comparison_type"),
              fields.optional("child", tree::expression),
              tree.body(fields.inside("subquery").json().path("node")));
      default -> throw fields.unknown("the subquery", kind);
    };
  }

  private Expression star(Fields fields) {
    List<ColumnName> excluded = new ArrayList<>();
    fields.texts("exclude_list").forEach(column -> excluded.add(new ColumnName("", column)));
    excluded.addAll(fields.list("qualified_exclude_list", this::columnName));
    return new Expression.Star(
        fields.origin(),
        fields.text("alias"),
        fields.text("relation_name"),
        excluded,
        fields.list("replace_list", this::replacement),
        fields.list("rename_list", this::renaming),
        fields.flag("columns"),
        fields.optional("expr", tree::expression));
  }

  private ColumnName columnName(JsonNode json) {
    Fields fields = tree.fields(json);
    return new ColumnName(fields.text("table"), fields.text("column"));
  }

  private Expression.Star.Replacement replacement(JsonNode json) {
    Fields fields = tree.fields(json);
    return new Expression.Star.Replacement(
        fields.text("key"), fields.node("value", tree::expression));
  }

  private Expression.Star.Renaming renaming(JsonNode json) {
    Fields fields = tree.fields(json);
    return new Expression.Star.Renaming(
        columnName(fields.inside("key").json()), fields.text("value"));
  }

  private Expression window(Fields fields) {
    List<Expression> bounds = new ArrayList<>();
    for (String key : List.of("start_expr", "end_expr", "offset_expr", "default_expr")) {
      fields.optional(key, tree::expression).ifPresent(bounds::add);
    }
    return new Expression.Window(
        fields.origin(),
        fields.text("alias"),
        fields.path(),
        fields.list("arguments", tree::argument),
        fields.list("partitions", tree::expression),
        fields.list("orders", tree::orderItem),
        fields.list("arg_orders", tree::orderItem),
        fields.optional("filter_expr", tree::expression),
        bounds,
        fields.flag("distinct"));
  }

  private Expression between(Fields fields) {
    return new Expression.Between(
        fields.origin(),
        fields.text("alias"),
        fields.node("input", tree::expression),
        fields.node("lower", tree::expression),
        fields.node("upper", tree::expression));
  }

  private Expression lambda(Fields fields) {
    return new Expression.Lambda(
        fields.origin(),
        fields.text("alias"),
        fields.node("lhs", tree::expression),
        fields.node("expr", tree::expression),
        fields.text("syntax_type").equals("LAMBDA_KEYWORD"));
  }

  private Expression typeName(Fields fields) {
    return new Expression.TypeName(
        fields.origin(), fields.text("alias"), fields.path(), children(fields));
  }
}
