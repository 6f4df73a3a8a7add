package dev.tarn.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a query or a relation yields.
///
/// @param rows what decides which rows there are
/// @param rest further columns whose names are not known
record Outputs(List<FlowColumn> columns, Flow rows, Optional<Rest> rest) {

  Outputs {
    columns = List.copyOf(columns);
  }

  /// The first columns under other names.
  Outputs renamed(List<String> names) {
    List<FlowColumn> all = new ArrayList<>(columns);
    for (int i = 0; i < Math.min(names.size(), all.size()); i++) {
      all.set(i, all.get(i).named(names.get(i)));
    }
    return new Outputs(all, rows, rest);
  }

  /// Names made different as the engine does for a query inside another: a, a_1, a_2.
  Outputs distinctNames() {
    Map<String, Integer> seen = new HashMap<>();
    List<FlowColumn> all = new ArrayList<>();
    for (FlowColumn column : columns) {
      String name = column.name();
      String key = name.toLowerCase(Locale.ROOT);
      while (seen.containsKey(name.toLowerCase(Locale.ROOT))) {
        name = column.name() + "_" + seen.merge(key, 1, Integer::sum);
      }
      seen.put(name.toLowerCase(Locale.ROOT), 0);
      all.add(column.named(name));
    }
    return new Outputs(all, rows, rest);
  }

  /// Everything that flows into any column.
  Flow everything() {
    return columns.stream()
        .map(FlowColumn::flow)
        .reduce(rest.map(Rest::all).orElse(Flow.NONE), Flow::and);
  }

  Outputs alsoDecidedBy(Flow more) {
    return new Outputs(columns, rows.and(more.asCondition()), rest);
  }
}
