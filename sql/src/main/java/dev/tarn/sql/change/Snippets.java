package dev.tarn.sql.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tarn.sql.SqlParser;
import dev.tarn.sql.tree.Expression;
import dev.tarn.sql.tree.QueryBody;
import dev.tarn.sql.tree.SqlNode;
import dev.tarn.vocabulary.Identifiers;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Makes parts of trees from text, and text from trees.
record Snippets(SqlParser parser) {
  private static final String WHERE = "where_clause";
  private static final String FROM = "from_table";

  String body(JsonNode body) {
    return parser.renderBody(body);
  }

  String expression(SqlNode expression) {
    return parser.renderExpression(expression.origin().json());
  }

  /// An expression from its tree in the parser's own form.
  Expression expression(JsonNode expression) {
    String text = parser.renderExpression(expression);
    if (parser.parse("SELECT " + text).body() instanceof QueryBody.Select select) {
      return select.items().getFirst();
    }
    throw new IllegalArgumentException(text);
  }

  private ObjectNode select(String sql) {
    return parser.parse(sql).body().origin().json().deepCopy();
  }

  private JsonNode condition(String sql) {
    return select("SELECT 1 WHERE " + sql).path(WHERE);
  }

  /// `SELECT <list> FROM <relation>`.
  ObjectNode selection(String list, JsonNode relation) {
    ObjectNode select = select("SELECT " + list + " FROM tarn_relation");
    select.set(FROM, relation);
    return select;
  }

  ObjectNode where(ObjectNode select, JsonNode condition) {
    select.set(WHERE, condition.deepCopy());
    return select;
  }

  /// Adds a condition to a SELECT's own.
  UnaryOperator<ObjectNode> filter(String condition) {
    JsonNode added = condition(condition);
    return select -> {
      JsonNode own = select.path(WHERE);
      if (!own.isObject()) {
        select.set(WHERE, added.deepCopy());
        return select;
      }
      ObjectNode both = (ObjectNode) condition("true AND false").deepCopy();
      ArrayNode parts = both.putArray("children");
      parts.add(own).add(added.deepCopy());
      select.set(WHERE, both);
      return select;
    };
  }

  /// Gives a SELECT a condition for its groups; it has none of its own.
  UnaryOperator<ObjectNode> having(String condition) {
    JsonNode added = select("SELECT 1 HAVING " + condition).path("having");
    return select -> {
      select.set("having", added.deepCopy());
      return select;
    };
  }

  /// Reads other rows in place of a table or a query in FROM, under the name and with the column
  /// names that it had.
  UnaryOperator<ObjectNode> reads(List<String> path) {
    JsonNode template =
        select(
                "SELECT 1 FROM "
                    + path.stream().map(Identifiers::quote).collect(Collectors.joining(".")))
            .path(FROM);
    return relation -> {
      ObjectNode table = template.deepCopy();
      String alias = relation.path("alias").asText();
      boolean named = alias.isEmpty() && relation.path("table_name").isTextual();
      table.put("alias", named ? relation.path("table_name").asText() : alias);
      table.set("column_name_alias", relation.path("column_name_alias"));
      return table;
    };
  }

  /// Only these values of each row that FROM and WHERE give, named k0, k1 …
  UnaryOperator<ObjectNode> only(List<JsonNode> values) {
    return select -> {
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      for (int i = 0; i < values.size(); i++) {
        list.add(((ObjectNode) values.get(i).deepCopy()).put("alias", key(i)));
      }
      select.set("select_list", list);
      return bare(select);
    };
  }

  /// One value for each row that FROM and WHERE give.
  UnaryOperator<ObjectNode> onlyRows() {
    JsonNode one = select("SELECT 1").path("select_list");
    return select -> {
      select.set("select_list", one.deepCopy());
      return bare(select);
    };
  }

  private static ObjectNode bare(ObjectNode select) {
    select.putArray("group_expressions");
    select.putArray("group_sets");
    select.put("aggregate_handling", "STANDARD_HANDLING");
    select.putNull("having");
    select.putNull("qualify");
    select.putArray("modifiers");
    return select;
  }

  /// No row of a query, or these rows in its place, with its columns.
  ObjectNode emptied(JsonNode body) {
    ObjectNode select = select("SELECT * FROM (SELECT 1) AS part WHERE false");
    ((ObjectNode) select.path(FROM).path("subquery")).set("node", body);
    return select;
  }

  ObjectNode all(Kept rows) {
    return select("SELECT * FROM " + rows.sql());
  }

  static String key(int i) {
    return "k" + i;
  }

  /// Whether a row's key is among these: NULL is the same as NULL.
  ///
  /// @param values SQL of the parts of the row's key
  static String among(List<String> values, Kept keys, boolean nulls) {
    if (values.size() == 1 && !nulls) {
      return "(" + values.getFirst() + ") IN (SELECT k0 FROM " + keys.sql() + ")";
    }
    String own =
        IntStream.range(0, values.size())
            .mapToObj(i -> key(i) + " := " + values.get(i))
            .collect(Collectors.joining(", ", "struct_pack(", ")"));
    String theirs =
        IntStream.range(0, values.size())
            .mapToObj(i -> key(i) + " := " + key(i))
            .collect(Collectors.joining(", ", "struct_pack(", ")"));
    return own + " IN (SELECT " + theirs + " FROM " + keys.sql() + ")";
  }
}
