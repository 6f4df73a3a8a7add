package dev.tarn.sql;

import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Columns that exist beyond those known by name, because the schema of a table or the shape of a
/// value is not known.
///
/// @param tables where a column of any name may come from
/// @param extra what else may flow into any of them
record Rest(List<TableName> tables, Flow extra) {

  static Rest of(List<TableName> tables) {
    return new Rest(tables, tables.isEmpty() ? Flow.NONE.asGuess() : Flow.NONE);
  }

  Flow column(String name) {
    Set<SourceColumn> sources = new LinkedHashSet<>();
    tables.forEach(table -> sources.add(new SourceColumn(table, name)));
    Flow flow = new Flow(sources, Set.of(), tables.size() > 1).and(extra);
    return extra.equals(Flow.NONE) ? flow : flow.asGuess();
  }

  Flow all() {
    return column(SourceColumn.ALL).asGuess();
  }

  /// The same, but into any of these columns `more` may flow too.
  Rest plus(Flow more) {
    return new Rest(tables, extra.and(more));
  }

  static Optional<Rest> both(Optional<Rest> a, Optional<Rest> b) {
    return a.isPresent() && b.isPresent() ? Optional.of(a.get().and(b.get())) : a.or(() -> b);
  }

  private Rest and(Rest other) {
    List<TableName> both = new ArrayList<>(tables);
    both.addAll(other.tables);
    return new Rest(both.stream().distinct().toList(), extra.and(other.extra));
  }
}
