package dev.tarn.engine.duckdb;

import dev.tarn.lake.FieldNode;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Type;
import java.util.Optional;
import java.util.stream.Collectors;

/// Rebuilds nested values by the ids of their parts.
final class NestedSql {

  private NestedSql() {}

  static String value(String sql, FieldNode field, Optional<ParquetNode> physical) {
    return value(sql, field, physical, 0);
  }

  private static String value(
      String sql, FieldNode field, Optional<ParquetNode> physical, int depth) {
    String type = field.type().sql();
    if (physical.isEmpty()) {
      return "CAST(NULL AS " + type + ")";
    }
    ParquetNode node = physical.get();
    return switch (field.type()) {
      case Type.Primitive _, Type.Decimal _ -> "CAST(" + sql + " AS " + type + ")";
      case Type.Struct _ -> struct(sql, field, node, depth);
      case Type.ListOf _ -> {
        String element = "e" + depth;
        FieldNode child = field.children().get(0);
        yield "list_transform("
            + sql
            + ", lambda "
            + element
            + ": "
            + value(element, child, node.part(child.id()), depth + 1)
            + ")";
      }
      case Type.MapOf _ -> map(sql, field, node, depth);
    };
  }

  private static String struct(String sql, FieldNode field, ParquetNode node, int depth) {
    String fields =
        field.children().stream()
            .map(child -> {
              Optional<ParquetNode> part = node.part(child.id());
              String inner = part.map(present -> present.from(sql)).orElse("NULL");
              return Identifiers.quote(child.name()) + " := " + value(inner, child, part, depth);
            })
            .collect(Collectors.joining(", "));
    return "CASE WHEN " + sql + " IS NOT NULL THEN struct_pack(" + fields + ") END";
  }

  private static String map(String sql, FieldNode field, ParquetNode node, int depth) {
    String entry = "e" + depth;
    FieldNode key = field.children().get(0);
    FieldNode held = field.children().get(1);
    String pair =
        "struct_pack(k := "
            + value(entry + ".\"key\"", key, node.part(key.id()), depth + 1)
            + ", v := "
            + value(entry + ".\"value\"", held, node.part(held.id()), depth + 1)
            + ")";
    return "CASE WHEN "
        + sql
        + " IS NOT NULL THEN map_from_entries(list_transform(map_entries("
        + sql
        + "), lambda "
        + entry
        + ": "
        + pair
        + ")) END";
  }
}
