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
    String before = table.metadataLocation();
    for (TableState state : transaction.states().all()) {
      boolean own = state.table().equals(table.name()) && state.metadataLocation().equals(before);
      boolean read = before.equals(state.inputs().get(table.name().toString()));
      if (own || read) {
        Map<String, String> inputs = new HashMap<>(state.inputs());
        if (read) {
          inputs.put(table.name().toString(), location);
        }
        transaction
            .states()
            .put(
                new TableState(
                    state.table(),
                    state.fingerprint(),
                    own ? location : state.metadataLocation(),
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
