package dev.tarn.app.test;

import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.settings.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Rows as a test gives or expects them.
sealed interface WrittenRows {

  Location at();

  /// Rows that are written out.
  ///
  /// @param at where the list begins
  /// @param header the columns of a CSV; empty for others
  record Listed(Location at, Form form, List<String> header, List<WrittenRow> rows)
      implements WrittenRows {
    public Listed {
      header = List.copyOf(header);
      rows = List.copyOf(rows);
    }

    /// The columns that any row names, where they are first named.
    List<Node.Entry> columns() {
      Map<String, Boolean> seen = new TreeMap<>();
      List<Node.Entry> columns = new ArrayList<>();
      if (rows.isEmpty()) {
        header.forEach(
            name -> columns.add(new Node.Entry(at, name, new Node.Scalar(at, "", true))));
      }
      for (WrittenRow row : rows) {
        for (Node.Entry cell : row.cells()) {
          if (seen.putIfAbsent(cell.key().toLowerCase(Locale.ROOT), true) == null) {
            columns.add(cell);
          }
        }
      }
      return columns;
    }
  }

  /// Rows that a query makes.
  ///
  /// @param trusted whether Tarn made the SQL itself
  record Asked(Location at, String sql, boolean trusted) implements WrittenRows {}

  /// How rows are written out.
  sealed interface Form {
    /// As a list in the test's own file.
    record Yaml() implements Form {}

    /// As a text in the test's own file.
    record Csv() implements Form {}

    /// In a file of their own.
    ///
    /// @param file from the project's folder
    record InFile(String file) implements Form {}
  }
}
