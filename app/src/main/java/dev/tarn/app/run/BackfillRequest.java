package dev.tarn.app.run;

import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Optional;

/// Which partitions of which tables are to be made.
///
/// @param from the first partition; absent: from the beginning
/// @param to the last partition, included; absent: to the end
/// @param all whether those are made again, too, that are neither missing nor failed
/// @param atOnce how many partitions are made and published together; absent: a twentieth of them
/// @param command as typed, for the record
public record BackfillRequest(
    List<TableName> tables,
    Optional<String> from,
    Optional<String> to,
    boolean all,
    Optional<Integer> atOnce,
    String command) {
  public BackfillRequest {
    tables = List.copyOf(tables);
  }
}
