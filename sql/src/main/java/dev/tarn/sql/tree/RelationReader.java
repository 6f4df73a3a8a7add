package dev.tarn.sql.tree;

import com.fasterxml.jackson.databind.JsonNode;

/// Reads what stands in FROM.
final class RelationReader {
  private final TreeReader tree;

  RelationReader(TreeReader tree) {
    this.tree = tree;
  }

  Relation read(Fields fields) {
    String type = fields.text("type");
    return switch (type) {
      case "BASE_TABLE" -> table(fields);
      case "JOIN" -> join(fields);
      case "SUBQUERY" ->
          new Relation.Subquery(
              fields.origin(),
              fields.text("alias"),
              fields.texts("column_name_alias"),
              tree.body(fields.inside("subquery").json().path("node")));
      case "TABLE_FUNCTION" -> tableFunction(fields);
      case "PIVOT" -> pivot(fields);
      case "EXPRESSION_LIST" ->
          new Relation.Values(
              fields.origin(),
              fields.text("alias"),
              fields.texts("expected_names"),
              fields.list("values", row -> row.valueStream().map(tree::expression).toList()));
      case "EMPTY" -> new Relation.Nothing(fields.origin(), fields.text("alias"));
      case "SHOW_REF" ->
          throw fields.refused(
              "DESCRIBE, SHOW and SUMMARIZE are no SELECT", "select what is needed from a table");
      default -> throw fields.unknown("the relation", type);
    };
  }

  private Relation table(Fields fields) {
    return new Relation.Table(
        fields.origin(),
        fields.text("alias"),
        fields.path(),
        fields.texts("column_name_alias"),
        fields.optional("at_clause", at -> tree.expression(at.path("expr"))));
  }

  private Relation join(Fields fields) {
    String kind = fields.text("join_type");
    String manner = fields.text("ref_type");
    return switch (kind) {
      case "INNER", "LEFT", "RIGHT", "FULL", "OUTER", "SEMI", "ANTI" ->
          new Relation.Join(
              fields.origin(),
              fields.text("alias"),
              fields.node("left", tree::relation),
              fields.node("right", tree::relation),
              kind,
              manner,
              fields.optional("condition", tree::expression),
              fields.texts("using_columns"),
              fields.optional("ranking_expression", tree::expression));
      default -> throw fields.unknown("the join", kind);
    };
  }

  private Relation tableFunction(Fields fields) {
    Expression call = fields.node("function", tree::expression);
    if (!(call instanceof Expression.FunctionCall function)) {
      throw fields.unknown("the relation", "TABLE_FUNCTION");
    }
    return new Relation.TableFunction(
        fields.origin(),
        fields.text("alias"),
        fields.texts("column_name_alias"),
        function,
        fields.text("with_ordinality").equals("WITH_ORDINALITY"));
  }

  private Relation pivot(Fields fields) {
    return new Relation.Pivot(
        fields.origin(),
        fields.text("alias"),
        fields.texts("column_name_alias"),
        fields.node("source", tree::relation),
        fields.list("aggregates", tree::expression),
        fields.texts("unpivot_names"),
        fields.list("pivots", this::pivotColumn),
        fields.texts("groups"),
        fields.flag("include_nulls"));
  }

  private PivotColumn pivotColumn(JsonNode json) {
    Fields fields = tree.fields(json);
    return new PivotColumn(
        fields.list("pivot_expressions", tree::expression),
        fields.texts("unpivot_names"),
        fields.list("entries", this::entry),
        fields.text("pivot_enum"));
  }

  private PivotColumn.Entry entry(JsonNode json) {
    Fields fields = tree.fields(json);
    if (json.path("values").size() > 0) {
      throw fields.unknown("the PIVOT entry", json.path("values").toString());
    }
    return new PivotColumn.Entry(fields.node("star_expr", tree::expression), fields.text("alias"));
  }
}
