package dev.tarn.ingest.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What became of one file in a landing.
final class Taken {
  final FoundFile file;
  final RejectedLines rejects;
  Optional<RawStore.Copy> copy = Optional.empty();
  List<Prepared> prepared = new ArrayList<>();
  Outcome outcome = Outcome.TAKEN;
  long misfits;

  /// How it ended.
  enum Outcome {
    TAKEN("taken"),
    SAME("same"),
    EMPTY("empty"),
    REJECTED("rejected"),
    /// Not recorded: it is looked at again next time.
    LATER("");

    final String text;

    Outcome(String text) {
      this.text = text;
    }
  }

  Taken(FoundFile file, RejectedLines rejects) {
    this.file = file;
    this.rejects = rejects;
  }

  long rows() {
    return outcome == Outcome.TAKEN
        ? prepared.stream().mapToLong(Prepared::rows).sum() - misfits
        : 0;
  }
}
