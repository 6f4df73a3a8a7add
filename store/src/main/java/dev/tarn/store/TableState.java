package dev.tarn.store;

import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.time.Instant;
import java.util.Map;

/// How a table came to be what it is: enough to tell whether it must be refreshed.
///
/// @param fingerprint of the model or source that made it
/// @param metadataLocation what that left
/// @param inputs the metadata location of each table it was read from, by the table's name
/// @param run the run that made it
public record TableState(
    TableName table,
    String fingerprint,
    String metadataLocation,
    Map<String, String> inputs,
    RunId run,
    Instant at,
    long rows,
    long bytes,
    String description) {

  public TableState {
    inputs = Map.copyOf(inputs);
  }
}
