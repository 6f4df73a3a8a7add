package dev.tarn.sql;

import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Optional;

/// A place in a query where a table is read.
///
/// @param path the parts of the name as written: one, two (`layer.name`) or three
/// @param at the line and column in the query's text; the file is the caller's to add
public record TableReference(List<String> path, Location at) {

  public TableReference {
    path = List.copyOf(path);
  }

  /// The table, when the name has the two parts of one.
  public Optional<TableName> table() {
    return path.size() == 2 && path.stream().noneMatch(String::isBlank)
        ? Optional.of(new TableName(path.get(0), path.get(1)))
        : Optional.empty();
  }

  /// The name as written, without quotes.
  public String name() {
    return String.join(".", path);
  }

  @Override
  public String toString() {
    return name() + at;
  }
}
