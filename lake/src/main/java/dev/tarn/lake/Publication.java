package dev.tarn.lake;

import dev.tarn.store.CommitOutcomeUnknown;
import dev.tarn.store.FileRecord;
import dev.tarn.store.MetadataStore;
import dev.tarn.store.Transaction;
import dev.tarn.vocabulary.Failure;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// One try to move all pointers of a branch in one database transaction, and to find out whether it
/// happened.
final class Publication {
  private static final int UNKNOWN_LIMIT = 5;
  private static final String EMPTY_PUBLISH = "lake.empty-publish";

  private final MetadataStore store;
  private final String id;
  private final List<Move> moves;
  private final List<FileRecord> files;
  private final Consumer<Transaction> alongside;
  private boolean open;

  /// @param id a name for this try alone
  Publication(
      MetadataStore store,
      String id,
      List<Move> moves,
      List<FileRecord> files,
      Consumer<Transaction> alongside) {
    this.store = store;
    this.id = id;
    this.moves = moves;
    this.files = files;
    this.alongside = alongside;
  }

  /// True when the database never said, and could not be asked, whether it committed.
  boolean isOpen() {
    return open;
  }

  /// False when a pointer had been moved by others, and nothing was done.
  boolean commit() {
    for (int attempt = 1; ; attempt++) {
      try {
        store.write(this::write);
        return true;
      } catch (PointerMoved _) {
        // An earlier try whose answer was lost may have moved it to where we wanted.
        return happened();
      } catch (CommitOutcomeUnknown unknown) {
        open = true;
        if (unknown.diskFailed()) {
          throw unknown.asFailure();
        }
        boolean happened = happened(unknown);
        open = false;
        if (happened) {
          return true;
        }
        if (attempt == UNKNOWN_LIMIT) {
          throw unknown.asFailure();
        }
      }
    }
  }

  private void write(Transaction transaction) {
    for (Move move : moves) {
      if (!move.done(transaction)) {
        throw new PointerMoved();
      }
    }
    transaction.files().add(files);
    if (moves.isEmpty()) {
      transaction.notes().put(EMPTY_PUBLISH, id);
    }
    alongside.accept(transaction);
  }

  private boolean happened(CommitOutcomeUnknown unknown) {
    try {
      return happened();
    } catch (RuntimeException e) {
      Failure failure = unknown.asFailure();
      failure.addSuppressed(e);
      throw failure;
    }
  }

  /// Our metadata files are known to the database only if our transaction was committed; others may
  /// have moved on since.
  private boolean happened() {
    return store.read(read ->
        moves.isEmpty()
            ? read.notes().find(EMPTY_PUBLISH).equals(Optional.of(id))
            : read.files().find(List.of(moves.getFirst().to())).size() == 1);
  }

  /// Rolls the transaction back.
  private static final class PointerMoved extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PointerMoved() {
      super("a pointer was moved by others", null, false, false);
    }
  }
}
