package dev.tarn.app.test;

import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.Type;
import dev.tarn.vocabulary.Type.Primitive;
import dev.tarn.vocabulary.settings.Node;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The types of a table that has neither contract nor data yet, as its given values look: what
/// stands in quotes or in a CSV is text.
final class InferredTypes {
  private static final int DIGITS = 38;

  private InferredTypes() {}

  static Schema of(WrittenRows.Listed rows) {
    List<Column> columns = new ArrayList<>();
    for (Node.Entry named : rows.columns()) {
      List<Node> values =
          rows.rows().stream().flatMap(row -> row.cell(named.key()).stream()).toList();
      columns.add(Column.of(named.key(), type(values)));
    }
    return new Schema(columns);
  }

  private static Type type(List<Node> all) {
    List<Node> values =
        all.stream()
            .filter(node -> !(node instanceof Node.Scalar scalar && scalar.isNull()))
            .toList();
    if (values.isEmpty()) {
      return Primitive.VARCHAR;
    }
    if (values.stream().allMatch(Node.Sequence.class::isInstance)) {
      return new Type.ListOf(
          type(values.stream().flatMap(node -> ((Node.Sequence) node).items().stream()).toList()));
    }
    if (values.stream().allMatch(InferredTypes::isStruct)) {
      return struct(values);
    }
    return single(values);
  }

  private static boolean isStruct(Node node) {
    return node instanceof Node.Mapping mapping && !mapping.entries().isEmpty();
  }

  private static Type struct(List<Node> values) {
    Map<String, List<Node.Entry>> fields = new LinkedHashMap<>();
    values.forEach(node ->
        ((Node.Mapping) node)
            .entries()
            .forEach(entry ->
                fields
                    .computeIfAbsent(entry.key().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(entry)));
    return new Type.Struct(
        fields.values().stream()
            .map(entries ->
                Column.of(
                    entries.getFirst().key(),
                    type(entries.stream().map(Node.Entry::value).toList())))
            .toList());
  }

  private static Type single(List<Node> values) {
    if (all(values, "-?\\d{1,18}")) {
      return Primitive.BIGINT;
    }
    if (all(values, "-?\\d{1,18}(\\.\\d{1,18})?")) {
      int scale =
          values.stream()
              .mapToInt(node -> new BigDecimal(((Node.Scalar) node).text()).scale())
              .max()
              .orElse(0);
      return new Type.Decimal(DIGITS, scale);
    }
    if (all(values, "-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?")) {
      return Primitive.DOUBLE;
    }
    if (all(values, "(?i)true|false")) {
      return Primitive.BOOLEAN;
    }
    if (all(values, "\\d{4}-\\d\\d-\\d\\d")) {
      return Primitive.DATE;
    }
    if (all(values, "\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,6})?)?")) {
      return Primitive.TIMESTAMP;
    }
    return all(values, "\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,6})?)?(Z|[+-].*)")
        ? Primitive.TIMESTAMPTZ
        : Primitive.VARCHAR;
  }

  private static boolean all(List<Node> values, String form) {
    return values.stream()
        .allMatch(node ->
            node instanceof Node.Scalar scalar && scalar.plain() && scalar.text().matches(form));
  }
}
