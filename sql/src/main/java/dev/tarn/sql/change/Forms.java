package dev.tarn.sql.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Compares expressions in the parser's own form.
final class Forms {
  private static final Set<String> NOT_MEANT =
      Set.of("query_location", "query_location_length", "alias");

  private Forms() {}

  static ObjectNode withoutAlias(JsonNode expression) {
    return ((ObjectNode) expression.deepCopy()).put("alias", "");
  }

  static boolean contains(List<JsonNode> all, JsonNode one) {
    String text = text(one);
    return all.stream().anyMatch(other -> text(other).equals(text));
  }

  /// The same for expressions that mean the same; names of columns have no case.
  static String text(JsonNode node) {
    StringBuilder out = new StringBuilder();
    write(node, false, out);
    return out.toString();
  }

  private static void write(JsonNode node, boolean caseless, StringBuilder out) {
    switch (node) {
      case ObjectNode object -> {
        out.append('{');
        object.properties().stream()
            .filter(field -> !NOT_MEANT.contains(field.getKey()))
            .sorted(java.util.Map.Entry.comparingByKey())
            .forEach(field -> {
              out.append(field.getKey()).append(':');
              write(field.getValue(), field.getKey().equals("column_names"), out);
            });
        out.append('}');
      }
      case ArrayNode array -> {
        out.append('[');
        array.forEach(item -> {
          write(item, caseless, out);
          out.append(',');
        });
        out.append(']');
      }
      case JsonNode value ->
          out.append(caseless ? value.toString().toLowerCase(Locale.ROOT) : value.toString());
    }
  }
}
