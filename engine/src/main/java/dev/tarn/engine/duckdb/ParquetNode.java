package dev.tarn.engine.duckdb;

import dev.tarn.vocabulary.Identifiers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A column of a Parquet file or a part of one, as the file has it.
///
/// @param type what DuckDB makes of it
record ParquetNode(String name, OptionalInt id, String type, List<ParquetNode> children) {

  /// Each file's root, by path.
  static Map<String, ParquetNode> read(Connection connection, String paths) throws SQLException {
    Map<String, List<Row>> files = new LinkedHashMap<>();
    String sql =
        "SELECT file_name, name, num_children, field_id, duckdb_type FROM parquet_schema("
            + paths
            + ")";
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        int children = result.getInt(3);
        long id = result.getLong(4);
        OptionalInt known = result.wasNull() ? OptionalInt.empty() : OptionalInt.of((int) id);
        String type = Optional.ofNullable(result.getString(5)).orElse("");
        files
            .computeIfAbsent(result.getString(1), _ -> new ArrayList<>())
            .add(new Row(result.getString(2), children, known, type));
      }
    }
    Map<String, ParquetNode> roots = new LinkedHashMap<>();
    files.forEach((path, rows) -> roots.put(path, new Tree(rows).next()));
    return roots;
  }

  boolean hasIds() {
    return children.stream().anyMatch(child -> child.id.isPresent());
  }

  /// The part with this id, below parts that have none.
  Optional<ParquetNode> part(int wanted) {
    for (ParquetNode child : children) {
      if (child.id.isPresent() && child.id.getAsInt() == wanted) {
        return Optional.of(child);
      }
      if (child.id.isEmpty()) {
        Optional<ParquetNode> deeper = child.part(wanted);
        if (deeper.isPresent()) {
          return deeper;
        }
      }
    }
    return Optional.empty();
  }

  /// The part's value out of its parent's.
  String from(String parent) {
    return "struct_extract(" + parent + ", " + Identifiers.literal(name) + ")";
  }

  private record Row(String name, int children, OptionalInt id, String type) {}

  /// Rows come depth first.
  private static final class Tree {
    private final List<Row> rows;
    private int at;

    Tree(List<Row> rows) {
      this.rows = rows;
    }

    ParquetNode next() {
      Row row = rows.get(at++);
      List<ParquetNode> children = new ArrayList<>();
      for (int i = 0; i < row.children(); i++) {
        children.add(next());
      }
      return new ParquetNode(row.name(), row.id(), row.type(), List.copyOf(children));
    }
  }
}
