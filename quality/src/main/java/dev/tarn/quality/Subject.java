package dev.tarn.quality;

import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.util.stream.Collectors;

/// The table under check.
///
/// @param relation what to read it from, as SQL
/// @param numbered whether the relation has the column [#ROW], which tells its rows apart
/// @param figures what is known of the rows
record Subject(TableName table, String relation, Schema schema, boolean numbered, Figures figures) {
  /// The hidden column that tells rows apart while they are judged; never stored.
  static final String ROW = "_tarn_row";

  Subject(TableName table, String relation, Schema schema, boolean numbered) {
    this(table, relation, schema, numbered, Figures.none());
  }

  static Subject table(TableName table, Schema schema) {
    return new Subject(table, table.sql(), schema, false);
  }

  Subject with(Figures known) {
    return new Subject(table, relation, schema, numbered, known);
  }

  static Column rowColumn() {
    return Column.of(ROW, Type.Primitive.BIGINT);
  }

  /// The clause that every check's expressions are evaluated over.
  String from() {
    return " FROM " + relation + " AS this";
  }

  /// The table's own columns, quoted and listed.
  String columns(String qualifier) {
    return schema.columns().stream()
        .map(column -> qualifier + Identifiers.quote(column.name()))
        .collect(Collectors.joining(", "));
  }

  Type type(ColumnAt column) {
    return schema
        .column(column.name())
        .map(Column::type)
        .orElseThrow(() -> Failure.input("unknown column '" + column.name() + "' in " + table));
  }
}
