package dev.tarn.engine.duckdb;

import dev.tarn.lake.FieldNode;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Type;
import java.util.ArrayList;
import java.util.List;

/// Finds NULL in required parts of list elements and map values, which the figures of a file don't
/// tell apart from lists that are empty. All else is seen in the figures, see [FileCheck].
final class RequiredParts {

  private RequiredParts() {}

  /// The value itself, but an error where a required part of an element is NULL.
  static String checked(String sql, FieldNode column) {
    String violation = either(violations(sql, column, 0, false));
    if (violation.isEmpty()) {
      return sql;
    }
    String message = "column '" + column.name() + "' has a required part that is NULL";
    return "CASE WHEN "
        + violation
        + " THEN error("
        + Identifiers.literal(message)
        + ") ELSE "
        + sql
        + " END";
  }

  private static List<String> violations(String sql, FieldNode field, int depth, boolean repeated) {
    List<String> found = new ArrayList<>();
    switch (field.type()) {
      case Type.Primitive _, Type.Decimal _ -> {}
      case Type.Struct _ -> {
        for (FieldNode child : field.children()) {
          String part = "struct_extract(" + sql + ", " + Identifiers.literal(child.name()) + ")";
          if (repeated && child.required()) {
            found.add("(" + sql + " IS NOT NULL AND " + part + " IS NULL)");
          }
          found.addAll(violations(part, child, depth, repeated));
        }
      }
      case Type.ListOf _ -> found.addAll(elements(sql, field.children().get(0), depth));
      case Type.MapOf _ ->
          found.addAll(elements("map_values(" + sql + ")", field.children().get(1), depth));
    }
    return found;
  }

  private static List<String> elements(String list, FieldNode element, int depth) {
    String name = "e" + depth;
    List<String> inner = new ArrayList<>(violations(name, element, depth + 1, true));
    if (element.required()) {
      inner.add(name + " IS NULL");
    }
    return inner.isEmpty()
        ? List.of()
        : List.of("len(list_filter(" + list + ", lambda " + name + ": " + either(inner) + ")) > 0");
  }

  private static String either(List<String> conditions) {
    return String.join(" OR ", conditions);
  }
}
