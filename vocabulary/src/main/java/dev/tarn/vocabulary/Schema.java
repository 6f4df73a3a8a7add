package dev.tarn.vocabulary;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The columns of a table, in order. Names differ by more than case, as the engine asks.
public record Schema(List<Column> columns) {

  public Schema {
    columns = List.copyOf(columns);
    Set<String> seen = new HashSet<>();
    for (Column column : columns) {
      if (!seen.add(column.name().toLowerCase(Locale.ROOT))) {
        throw Failure.input(
            "two columns are named '" + column.name() + "'",
            "give one another name (case counts not)");
      }
    }
  }

  public static Schema of(Column... columns) {
    return new Schema(List.of(columns));
  }

  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /// The column of that name, in any case.
  public Optional<Column> column(String name) {
    return columns.stream().filter(column -> column.name().equalsIgnoreCase(name)).findFirst();
  }

  /// This schema with further columns at its end.
  public Schema plus(List<Column> more) {
    List<Column> all = new ArrayList<>(columns);
    all.addAll(more);
    return new Schema(all);
  }
}
