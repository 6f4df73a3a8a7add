package dev.tarn.engine.duckdb;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A file as COPY reports it.
///
/// @param keys the partition's parts in the form of [PartitionSql#name]; null for NULL
record CopiedFile(
    Path path,
    long rows,
    long bytes,
    Map<String, Map<String, String>> statistics,
    Map<String, @Nullable String> keys) {

  static CopiedFile of(ResultSet row) throws SQLException {
    Map<String, Map<String, String>> statistics = new LinkedHashMap<>();
    entries(row.getObject("column_statistics"))
        .forEach(
            (column, figures) -> statistics.put(String.valueOf(column), texts(entries(figures))));
    Map<String, @Nullable String> keys = new LinkedHashMap<>();
    entries(row.getObject("partition_keys"))
        .forEach(
            (key, value) -> keys.put(String.valueOf(key), value == null ? null : value.toString()));
    return new CopiedFile(
        Path.of(row.getString("filename")),
        row.getLong("count"),
        row.getLong("file_size_bytes"),
        statistics,
        keys);
  }

  CopiedFile withKeys(Map<String, @Nullable String> others) {
    return new CopiedFile(path, rows, bytes, statistics, others);
  }

  private static Map<?, ?> entries(@Nullable Object map) {
    return map instanceof Map<?, ?> entries ? entries : Map.of();
  }

  private static Map<String, String> texts(Map<?, ?> figures) {
    Map<String, String> texts = new LinkedHashMap<>();
    figures.forEach((name, value) -> {
      if (value != null) {
        texts.put(String.valueOf(name), value.toString());
      }
    });
    return texts;
  }
}
