package dev.tarn.sql;

import dev.tarn.vocabulary.TableName;
import java.util.Comparator;

/// A column of a table in the lake.
///
/// @param column its name; `*` for all columns of a table whose columns are not known
public record SourceColumn(TableName table, String column) implements Comparable<SourceColumn> {
  private static final Comparator<SourceColumn> ORDER =
      Comparator.comparing(SourceColumn::table).thenComparing(SourceColumn::column);

  /// Stands for every column of a table.
  public static final String ALL = "*";

  @Override
  public int compareTo(SourceColumn other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return table + "." + column;
  }
}
