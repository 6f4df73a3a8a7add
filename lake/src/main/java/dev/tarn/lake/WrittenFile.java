package dev.tarn.lake;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One Parquet file that an engine wrote, durable on disk (the engine has fsynced it), not yet part
/// of any table.
///
/// @param statistics per column path (quoted parts joined by dots, as the engine reports them:
///   `"st"."x"`, `"li"."element"`, `"mp"."key"`) its figures by name (`column_size_bytes`,
///   `num_values`, `null_count`, `nan_count`, `min`, `max`, `min_is_exact`, `max_is_exact` …)
/// @param partition one value per [PartitionKey] of the target, in order, as text: numbers in
///   decimal, strings as they are, absent for NULL
/// @param crc32c the checksum of the whole file (RFC 3720 CRC-32C)
public record WrittenFile(
    Path path,
    long rows,
    long bytes,
    Map<String, Map<String, String>> statistics,
    List<Optional<String>> partition,
    int crc32c) {

  public WrittenFile {
    statistics = Map.copyOf(statistics);
    partition = List.copyOf(partition);
  }
}
