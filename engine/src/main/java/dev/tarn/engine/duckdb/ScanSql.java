package dev.tarn.engine.duckdb;

import dev.tarn.lake.FieldNode;
import dev.tarn.lake.Scan;
import dev.tarn.lake.ScanFile;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Schema;
import java.util.List;
import java.util.stream.Collectors;

/// The query that reads a snapshot: files by name, columns by id.
final class ScanSql {

  private ScanSql() {}

  static String empty(Schema schema) {
    return schema.columns().stream()
        .map(ScanSql::absent)
        .collect(Collectors.joining(", ", "SELECT ", " WHERE false"));
  }

  static String byId(Scan scan) {
    return read(scan.files(), ids(scan));
  }

  /// With a column more that is made of a file's place among the snapshot's files and a row's place
  /// in its file.
  static String numbered(Scan scan, String rowColumn) {
    String row =
        "((file_index::BIGINT << 40) | file_row_number) AS " + Identifiers.quote(rowColumn);
    return "SELECT *, " + row + from(scan.files(), ids(scan));
  }

  private static String ids(Scan scan) {
    return scan.columns().stream()
        .map(column -> column.id() + ": " + entry(column))
        .collect(Collectors.joining(", "));
  }

  /// For files that carry no ids: columns by their names today.
  static String byName(List<FieldNode> columns, List<ScanFile> files) {
    String map =
        columns.stream()
            .map(column -> Identifiers.literal(column.name()) + ": " + entry(column))
            .collect(Collectors.joining(", "));
    return read(files, map);
  }

  static String read(List<ScanFile> files, String columns) {
    return "SELECT *" + from(files, columns);
  }

  private static String from(List<ScanFile> files, String columns) {
    return " FROM read_parquet(" + paths(files) + ", schema = MAP {" + columns + "})";
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
