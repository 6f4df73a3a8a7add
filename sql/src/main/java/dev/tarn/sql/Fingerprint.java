package dev.tarn.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/// A hash of what a query means: the same for another layout, other comments and other keyword
/// case.
final class Fingerprint {
  private static final Set<String> PLACES = Set.of("query_location", "query_location_length");

  /// Names that the engine finds in any case and that name no column of the result.
  private static final Set<String> CASELESS =
      Set.of("function_name", "type_name", "schema", "catalog");

  private Fingerprint() {}

  static String of(JsonNode statement) {
    StringBuilder canonical = new StringBuilder();
    write(statement, "", canonical);
    try {
      byte[] text = canonical.toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void write(JsonNode node, String key, StringBuilder out) {
    switch (node) {
      case ObjectNode object -> writeFields(object, out);
      case ArrayNode array -> {
        out.append('[');
        array.forEach(item -> write(item, "", out.append(',')));
        out.append(']');
      }
      case JsonNode value ->
          out.append(CASELESS.contains(key) ? value.toString().toLowerCase(Locale.ROOT) : value);
    }
  }

  private static void writeFields(ObjectNode object, StringBuilder out) {
    TreeMap<String, JsonNode> fields = new TreeMap<>();
    object.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    fields.keySet().removeAll(PLACES);
    boolean repeatsName = object.has("function_name") || object.has("type_name");
    if (repeatsName) {
      fields.remove("qualified_name");
    }
    out.append('{');
    fields.forEach((key, value) -> write(value, key, out.append(key).append(':')));
    out.append('}');
  }
}
