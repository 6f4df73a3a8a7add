package dev.tarn.sql.tree;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// Reads query bodies, common tables and modifiers.
final class BodyReader {
  private final TreeReader tree;

  BodyReader(TreeReader tree) {
    this.tree = tree;
  }

  QueryBody read(Fields fields) {
    String type = fields.text("type");
    return switch (type) {
      case "SELECT_NODE" -> select(fields);
      case "SET_OPERATION_NODE" -> setOperation(fields);
      case "RECURSIVE_CTE_NODE" -> recursive(fields);
      case "INSERT_QUERY_NODE", "UPDATE_QUERY_NODE", "DELETE_QUERY_NODE", "MERGE_QUERY_NODE" ->
          throw fields.refused(
              "a query only reads; found " + type.substring(0, type.indexOf('_')) + " in WITH",
              "take the statement out");
      default -> throw fields.unknown("the query form", type);
    };
  }

  private QueryBody select(Fields fields) {
    return new QueryBody.Select(
        fields.origin(),
        commonTables(fields),
        modifiers(fields),
        fields.list("select_list", tree::expression),
        fields.node("from_table", tree::relation),
        fields.optional("where_clause", tree::expression),
        fields.list("group_expressions", tree::expression),
        fields.list("group_sets", BodyReader::groupSet),
        groupByAll(fields),
        fields.optional("having", tree::expression),
        fields.optional("qualify", tree::expression),
        fields.has("sample"));
  }

  private static List<Integer> groupSet(JsonNode json) {
    return json.valueStream().map(JsonNode::intValue).toList();
  }

  private static boolean groupByAll(Fields fields) {
    String handling = fields.text("aggregate_handling");
    return switch (handling) {
      case "STANDARD_HANDLING", "NO_AGGREGATES_ALLOWED" -> false;
      case "FORCE_AGGREGATES" -> true;
      default -> throw fields.unknown("the grouping", handling);
    };
  }

  private QueryBody setOperation(Fields fields) {
    String kind = fields.text("setop_type");
    return switch (kind) {
      case "UNION", "UNION_BY_NAME", "EXCEPT", "INTERSECT" ->
          new QueryBody.SetOperation(
              fields.origin(),
              commonTables(fields),
              modifiers(fields),
              kind,
              fields.flag("setop_all"),
              fields.list("children", tree::body));
      default -> throw fields.unknown("the set operation", kind);
    };
  }

  private QueryBody recursive(Fields fields) {
    return new QueryBody.Recursive(
        fields.origin(),
        commonTables(fields),
        modifiers(fields),
        fields.text("cte_name"),
        fields.flag("union_all"),
        fields.node("left", tree::body),
        fields.node("right", tree::body),
        fields.texts("aliases"),
        fields.list("key_targets", tree::expression));
  }

  private List<CommonTable> commonTables(Fields fields) {
    return fields.inside("cte_map").list("map", this::commonTable);
  }

  private CommonTable commonTable(JsonNode json) {
    Fields entry = tree.fields(json);
    Fields value = entry.inside("value");
    return new CommonTable(
        value.origin(),
        entry.text("key"),
        value.texts("aliases"),
        value.text("materialized"),
        value.list("key_targets", tree::expression),
        value.list("payload_aggregates", tree::expression),
        value.node("query_node", tree::body));
  }

  private List<Modifier> modifiers(Fields fields) {
    return fields.list("modifiers", this::modifier);
  }

  private Modifier modifier(JsonNode json) {
    Fields fields = tree.fields(json);
    String type = fields.text("type");
    return switch (type) {
      case "ORDER_MODIFIER" ->
          new Modifier.Order(fields.origin(), fields.list("orders", tree::orderItem));
      case "DISTINCT_MODIFIER" ->
          new Modifier.Distinct(
              fields.origin(), fields.list("distinct_on_targets", tree::expression));
      case "LIMIT_MODIFIER" ->
          new Modifier.Limit(
              fields.origin(),
              fields.optional("limit", tree::expression),
              fields.optional("offset", tree::expression),
              fields.text("limit_type").equals("PERCENTAGE"));
      default -> throw fields.unknown("the modifier", type);
    };
  }
}
