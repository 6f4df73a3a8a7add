package dev.tarn.sql.change;

import dev.tarn.vocabulary.Identifiers;
import java.util.List;
import java.util.stream.Collectors;

/// Rows that were computed and kept aside.
///
/// @param path the parts of the name by which SQL reads them
/// @param columns their columns, in order
public record Kept(List<String> path, List<String> columns, long rows) {

  public Kept {
    path = List.copyOf(path);
    columns = List.copyOf(columns);
  }

  /// The name, quoted.
  public String sql() {
    return path.stream().map(Identifiers::quote).collect(Collectors.joining("."));
  }

  boolean isEmpty() {
    return rows == 0;
  }
}
