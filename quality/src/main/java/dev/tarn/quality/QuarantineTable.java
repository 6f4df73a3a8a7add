package dev.tarn.quality;

import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.Type;
import dev.tarn.vocabulary.Type.Primitive;
import java.util.ArrayList;
import java.util.List;

/// What the table of a table's quarantined rows looks like: the table's columns, none of them
/// required (what failed a check may well be NULL), and three that say why, by whom and when. Where
/// the table has such a column itself, ours gets a further underscore.
///
/// @param checks the column with the names of the checks that the row failed
/// @param run the column with the run that put it there
/// @param at the column with the time
public record QuarantineTable(Schema schema, String checks, String run, String at) {

  /// For a table of these columns.
  public static QuarantineTable of(Schema table) {
    String checks = free("_failed_checks", table);
    String run = free("_run", table);
    String at = free("_quarantined_at", table);
    List<Column> columns = new ArrayList<>();
    table.columns().forEach(column -> columns.add(Column.of(column.name(), column.type())));
    columns.add(Column.of(checks, new Type.ListOf(Primitive.VARCHAR)));
    columns.add(Column.of(run, Primitive.VARCHAR));
    columns.add(Column.of(at, Primitive.TIMESTAMPTZ));
    return new QuarantineTable(new Schema(columns), checks, run, at);
  }

  private static String free(String wanted, Schema table) {
    String name = wanted;
    while (table.column(name).isPresent()) {
      name = "_" + name;
    }
    return name;
  }
}
