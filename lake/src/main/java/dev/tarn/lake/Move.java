package dev.tarn.lake;

import dev.tarn.store.Pointer;
import dev.tarn.store.Transaction;
import dev.tarn.vocabulary.TableName;
import java.util.Optional;

/// A pointer's move from what was current to what is staged.
///
/// @param from what the branch began with; absent for a new name
/// @param view what is staged: a view or a table
record Move(TableName name, Optional<Pointer> from, String to, boolean view) {

  /// False when the pointer is no longer where the branch began.
  boolean done(Transaction transaction) {
    if (from.isEmpty()) {
      return transaction.pointers().insert(new Pointer(name, to, Optional.empty(), view));
    }
    String before = from.get().metadataLocation();
    if (from.get().view() == view) {
      return transaction.pointers().swap(name, before, to);
    }
    return transaction.pointers().drop(name, before)
        && transaction.pointers().insert(new Pointer(name, to, Optional.empty(), view));
  }
}
