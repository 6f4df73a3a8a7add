package dev.tarn.lake;

import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.util.List;

/// What to read to get one snapshot of a table: files and columns, with no Iceberg type in sight.
///
/// @param columns the snapshot's columns with ids
/// @param files every file, checked to exist when planned
/// @param nestedByName true when fields inside structs kept their names over the table's whole life, so that reading them
///     by name is right; false asks the engine to rebuild nested values by id
public record Scan(
    TableName table, long snapshot, List<FieldNode> columns, List<ScanFile> files, boolean nestedByName) {

  public Scan {
    columns = List.copyOf(columns);
    files = List.copyOf(files);
  }

  public Schema schema() {
    return new Schema(columns.stream().map(FieldNode::column).toList());
  }

  public long rows() {
    return files.stream().mapToLong(ScanFile::rows).sum();
  }
}
