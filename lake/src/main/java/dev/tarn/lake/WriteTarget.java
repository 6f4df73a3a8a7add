package dev.tarn.lake;

import dev.tarn.vocabulary.TableName;
import java.nio.file.Path;
import java.util.List;

/// Where and how an engine is to write files for a table. The lake makes it; the engine answers
/// with [WrittenFile]s.
///
/// @param folder an existing folder; the engine makes new uniquely named Parquet files (or
///   partition folders) in it
/// @param columns the columns to write, in order, with their field ids
/// @param partition how rows are split; every value of a file's partition is reported in
///   [WrittenFile#partition()]
/// @param fileBytes the size at which a new file should begin
public record WriteTarget(
    TableName table,
    Path folder,
    List<FieldNode> columns,
    List<PartitionKey> partition,
    List<SortKey> sort,
    long fileBytes) {

  public WriteTarget {
    columns = List.copyOf(columns);
    partition = List.copyOf(partition);
    sort = List.copyOf(sort);
  }
}
