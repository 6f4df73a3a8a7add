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
