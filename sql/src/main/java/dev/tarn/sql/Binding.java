package dev.tarn.sql;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A relation in FROM under the name by which its columns are qualified.
///
/// @param path the parts of that name; empty when it has none
/// @param byName its columns by their names in lower case, the first of each name
record Binding(List<String> path, Outputs outputs, Map<String, FlowColumn> byName) {

  Binding(List<String> path, Outputs outputs) {
    this(path, outputs, index(outputs));
  }

  private static Map<String, FlowColumn> index(Outputs outputs) {
    Map<String, FlowColumn> index = new HashMap<>();
    outputs
        .columns()
        .forEach(column -> index.putIfAbsent(column.name().toLowerCase(Locale.ROOT), column));
    return index;
  }

  /// True when `qualifier` names this relation: `t` and `silver.t` both name silver.t.
  boolean isNamed(List<String> qualifier) {
    int skipped = path.size() - qualifier.size();
    if (skipped < 0 || qualifier.isEmpty()) {
      return false;
    }
    for (int i = 0; i < qualifier.size(); i++) {
      if (!path.get(skipped + i).equalsIgnoreCase(qualifier.get(i))) {
        return false;
      }
    }
    return true;
  }

  Optional<FlowColumn> column(String name) {
    return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
  }

  /// The column, or what an unknown column of that name would be.
  Optional<FlowColumn> columnOrRest(String name) {
    return column(name)
        .or(() ->
            outputs.rest().map(rest -> new FlowColumn(name, Optional.empty(), rest.column(name))));
  }
}
