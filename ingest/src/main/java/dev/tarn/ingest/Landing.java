package dev.tarn.ingest;

import dev.tarn.vocabulary.Drift;
import dev.tarn.vocabulary.TableName;
import java.util.List;

/// What a source landed.
///
/// @param rows rows added to the table
/// @param rejected rows kept aside
/// @param taken files, or other pieces of input, taken for the first time or in a new version
/// @param bytes their size
/// @param changed true when readers see something else than before
public record Landing(
    TableName table,
    long rows,
    long rejected,
    int taken,
    long bytes,
    boolean changed,
    List<Drift> drifts) {

  public Landing {
    drifts = List.copyOf(drifts);
  }

  /// There was nothing new.
  public static Landing nothing(TableName table) {
    return new Landing(table, 0, 0, 0, 0, false, List.of());
  }

  /// Both together.
  public Landing plus(Landing more) {
    return new Landing(
        table,
        rows + more.rows,
        rejected + more.rejected,
        taken + more.taken,
        bytes + more.bytes,
        changed || more.changed,
        java.util.stream.Stream.concat(drifts.stream(), more.drifts.stream()).toList());
  }
}
