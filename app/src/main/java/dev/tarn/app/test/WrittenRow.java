package dev.tarn.app.test;

import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.settings.Node;
import java.util.List;
import java.util.Optional;

/// A row as written: its cells by the names of columns, each with its place.
record WrittenRow(Location at, List<Node.Entry> cells) {
  WrittenRow {
    cells = List.copyOf(cells);
  }

  /// The value of a column, in any case; empty when the row does not name it.
  Optional<Node> cell(String column) {
    return cells.stream()
        .filter(cell -> cell.key().equalsIgnoreCase(column))
        .map(Node.Entry::value)
        .findFirst();
  }
}
