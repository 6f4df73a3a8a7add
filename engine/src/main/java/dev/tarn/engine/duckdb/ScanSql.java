package dev.tarn.engine.duckdb;

import dev.tarn.lake.FieldNode;
import dev.tarn.lake.Matching;
import dev.tarn.lake.Scan;
import dev.tarn.lake.ScanFile;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Schema;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// The queries that read whole files.
final class ScanSql {
  /// Columns that DuckDB adds to files; a column of such a name must not be read by name.
  private static final Set<String> OF_FILES =
      Set.of("filename", "file_row_number", "file_index", "row_group_index", "empty");

  private ScanSql() {}

  static String empty(Schema schema) {
    return schema.columns().stream()
        .map(ScanSql::absent)
        .collect(Collectors.joining(", ", "SELECT ", " WHERE false"));
  }

  /// Whether the files' columns are the scan's. Only then does DuckDB know how many rows a table
  /// has and which values a column, and can plan joins by it.
  static boolean byName(Scan scan) {
    return scan.matching() == Matching.NAMES
        && scan.columns().stream()
            .noneMatch(column -> OF_FILES.contains(column.name().toLowerCase(Locale.ROOT)));
  }

  static String named(Scan scan) {
    return "SELECT " + StoredRows.casts(scan.schema()) + " FROM " + plain(paths(scan.files()));
  }

  /// The files as they are.
  static String plain(String paths) {
    return "read_parquet(" + paths + ", hive_partitioning = false)";
  }

  static String byId(Scan scan) {
    return "SELECT * FROM read_parquet("
        + paths(scan.files())
        + ", schema = MAP {"
        + ids(scan)
        + "})";
  }

  private static String ids(Scan scan) {
    return scan.columns().stream()
        .map(column -> column.id() + ": " + entry(column))
        .collect(Collectors.joining(", "));
  }

  static String paths(List<ScanFile> files) {
    return files.stream()
        .map(file -> Identifiers.literal(file.path().toString()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String entry(FieldNode column) {
    return entry(column.name(), column.type().sql());
  }

  static String entry(String name, String type) {
    return "{name: "
        + Identifiers.literal(name)
        + ", type: "
        + Identifiers.literal(type)
        + ", default_value: NULL::VARCHAR}";
  }

  private static String absent(Column column) {
    return "CAST(NULL AS " + column.type().sql() + ") AS " + Identifiers.quote(column.name());
  }
}
