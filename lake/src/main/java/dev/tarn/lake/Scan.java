package dev.tarn.lake;

import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What to read to get one snapshot of a table: files and columns, with no Iceberg type in sight.
///
/// @param columns the snapshot's columns with ids
/// @param files every file, checked to exist when planned; those that are read whole come first
/// @param matching how the columns are found in the files
/// @param namedColumns for tables that others made, with files that carry no field ids: the names
///   under which such files have each top-level column, by its id; empty for tables that Tarn wrote
public record Scan(
    TableName table,
    long snapshot,
    List<FieldNode> columns,
    List<ScanFile> files,
    Matching matching,
    Map<Integer, List<String>> namedColumns) {

  public Scan {
    columns = List.copyOf(columns);
    files = files.stream().sorted(Comparator.comparing(ScanFile::kind)).toList();
    namedColumns = Map.copyOf(namedColumns);
  }

  public Scan(
      TableName table,
      long snapshot,
      List<FieldNode> columns,
      List<ScanFile> files,
      Matching matching) {
    this(table, snapshot, columns, files, matching, Map.of());
  }

  public Schema schema() {
    return new Schema(columns.stream().map(FieldNode::column).toList());
  }

  /// The rows to read, as the makers of the files counted them; certain when [#counted].
  public long rows() {
    long listed =
        files.stream().filter(file -> file.only().isEmpty()).mapToLong(ScanFile::rows).sum();
    return listed + sum(ScanFile::only) - sum(ScanFile::deletes);
  }

  /// Whether the number of rows is certain: files of deleted rows that other programs wrote may
  /// list rows of several data files, and a row twice.
  public boolean counted() {
    return files.stream()
        .flatMap(ScanFile::lists)
        .allMatch(list -> list.ofOneFile() && list.crc32c().isPresent());
  }

  private long sum(Function<ScanFile, List<ScanDeletes>> lists) {
    return files.stream()
        .flatMap(file -> lists.apply(file).stream())
        .distinct()
        .mapToLong(ScanDeletes::rows)
        .sum();
  }

  /// The same columns of other files.
  public Scan with(List<ScanFile> others) {
    return new Scan(table, snapshot, columns, others, matching, namedColumns);
  }
}
