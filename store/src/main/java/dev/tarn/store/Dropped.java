package dev.tarn.store;

import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.time.Instant;

/// A table or view that was dropped and can come back while its files are kept.
///
/// @param metadataLocation what its pointer named
/// @param view true for a view
/// @param run the run that dropped it, perhaps together with others
public record Dropped(
    TableName table, String metadataLocation, boolean view, RunId run, Instant at) {

  /// The pointer that it had.
  public Pointer pointer() {
    return view ? Pointer.view(table, metadataLocation) : Pointer.table(table, metadataLocation);
  }

  /// The name that its source's records go by meanwhile.
  public TableName parked() {
    return new TableName(table.layer(), table.name() + "__dropped_" + run);
  }
}
