package dev.tarn.lake;

import dev.tarn.store.TableState;
import dev.tarn.store.Transaction;
import java.util.HashMap;
import java.util.Map;

/// Takes over what is known of a table's version to another that has the same rows.
final class SameRows {

  private SameRows() {}

  /// The rows are the same, so whatever was true of the version before is true of this one.
  static void carryOver(Transaction transaction, LakeTable table, String location) {
    carryOver(transaction, Map.of(table.metadataLocation(), location));
  }

  /// @param locations what the metadata files were called, and what they are called now
  static void carryOver(Transaction transaction, Map<String, String> locations) {
    for (TableState state : transaction.states().all()) {
      boolean own = locations.containsKey(state.metadataLocation());
      boolean read = state.inputs().values().stream().anyMatch(locations::containsKey);
      if (own || read) {
        Map<String, String> inputs = new HashMap<>(state.inputs());
        inputs.replaceAll((_, location) -> locations.getOrDefault(location, location));
        transaction
            .states()
            .put(
                new TableState(
                    state.table(),
                    state.fingerprint(),
                    locations.getOrDefault(state.metadataLocation(), state.metadataLocation()),
                    inputs,
                    state.run(),
                    state.at(),
                    state.rows(),
                    state.bytes(),
                    state.description()));
      }
    }
  }
}
