package dev.tarn.lake;

import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Map;

/// What to read to get one snapshot of a table: files and columns, with no Iceberg type in sight.
///
/// @param columns the snapshot's columns with ids
/// @param files every file, checked to exist when planned
/// @param nestedByName true when fields inside structs kept their names over the table's whole
///   life, so that reading them by name is right; false asks the engine to rebuild nested values by
///   id
/// @param namedColumns for tables that others made, with files that carry no field ids: the names
///   under which such files have each top-level column, by its id; empty for tables that Tarn wrote
public record Scan(
    TableName table,
    long snapshot,
    List<FieldNode> columns,
    List<ScanFile> files,
    boolean nestedByName,
    Map<Integer, List<String>> namedColumns) {

  public Scan {
    columns = List.copyOf(columns);
    files = List.copyOf(files);
    namedColumns = Map.copyOf(namedColumns);
  }

  public Scan(
      TableName table,
      long snapshot,
      List<FieldNode> columns,
      List<ScanFile> files,
      boolean nestedByName) {
    this(table, snapshot, columns, files, nestedByName, Map.of());
  }

  public Schema schema() {
    return new Schema(columns.stream().map(FieldNode::column).toList());
  }

  public long rows() {
    return files.stream().mapToLong(ScanFile::rows).sum();
  }
}
