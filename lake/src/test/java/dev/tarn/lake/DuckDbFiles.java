package dev.tarn.lake;

import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Type;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/// Writes data files as the engine does: DuckDB's COPY, with field ids and statistics.
final class DuckDbFiles implements AutoCloseable {
  private final Connection connection;

  DuckDbFiles() {
    try {
      connection = DriverManager.getConnection("jdbc:duckdb:");
      execute("SET TimeZone='UTC'");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /// One file with all rows of the query, all of one partition.
  WrittenFile write(WriteTarget target, String query, List<Optional<String>> partition) {
    Path file = target.folder().resolve(UUID.randomUUID() + ".parquet");
    String columns =
        target.columns().stream()
            .map(column ->
                "CAST("
                    + Identifiers.quote(column.name())
                    + " AS "
                    + column.type().sql()
                    + ") AS "
                    + Identifiers.quote(column.name()))
            .collect(Collectors.joining(", "));
    String sql =
        "COPY (SELECT "
            + columns
            + " FROM ("
            + query
            + ")) TO "
            + Identifiers.literal(file.toString())
            + " (FORMAT parquet, COMPRESSION zstd, RETURN_STATS, FIELD_IDS {"
            + ids(target.columns())
            + "})";
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return new WrittenFile(
          file,
          row.getLong("count"),
          row.getLong("file_size_bytes"),
          statistics(row.getObject("column_statistics")),
          partition,
          crc(file));
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /// All rows of a scan in text form, sorted; columns in order.
  List<String> rows(Scan scan) {
    if (scan.files().isEmpty()) {
      return List.of();
    }
    String files =
        scan.files().stream()
            .map(file -> Identifiers.literal(file.path().toString()))
            .collect(Collectors.joining(", "));
    String columns =
        scan.columns().stream()
            .map(column ->
                column.id()
                    + ": {name: "
                    + Identifiers.literal(column.name())
                    + ", type: "
                    + Identifiers.literal(column.type().sql())
                    + ", default_value: NULL::VARCHAR}")
            .collect(Collectors.joining(", "));
    return query("SELECT * FROM read_parquet([" + files + "], schema=MAP {" + columns + "})");
  }

  List<String> query(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      int width = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
          row.add(String.valueOf(result.getString(i)));
        }
        rows.add(String.join("|", row));
      }
      return rows.stream().sorted().toList();
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static String ids(List<FieldNode> fields) {
    return fields.stream()
        .map(field -> Identifiers.quote(field.name()) + ": " + id(field))
        .collect(Collectors.joining(", "));
  }

  private static String id(FieldNode field) {
    return switch (field.type()) {
      case Type.Primitive _, Type.Decimal _ -> String.valueOf(field.id());
      case Type.Struct _, Type.ListOf _, Type.MapOf _ ->
          "{__duckdb_field_id: " + field.id() + ", " + ids(field.children()) + "}";
    };
  }

  private static Map<String, Map<String, String>> statistics(Object columns) {
    Map<String, Map<String, String>> statistics = new LinkedHashMap<>();
    for (Map.Entry<?, ?> column : ((Map<?, ?>) columns).entrySet()) {
      Map<String, String> figures = new LinkedHashMap<>();
      ((Map<?, ?>) column.getValue())
          .forEach((name, value) -> figures.put(String.valueOf(name), String.valueOf(value)));
      statistics.put(String.valueOf(column.getKey()), figures);
    }
    return statistics;
  }

  static int crc(Path file) {
    CRC32C crc = new CRC32C();
    try {
      crc.update(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (int) crc.getValue();
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
