package dev.tarn.ingest.files;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What became of one file in a landing.
final class Taken {
  final FoundFile file;
  final RejectedLines rejects;
  final Instant at;
  final int rank;
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

  /// @param at when it first came in
  /// @param rank its place among the records of what was taken
  Taken(FoundFile file, RejectedLines rejects, Instant at, int rank) {
    this.file = file;
    this.rejects = rejects;
    this.at = at;
    this.rank = rank;
  }

  /// The same content is never taken twice, whatever it is called.
  ///
  /// @param versions the contents that are there already; those taken are added
  static void alreadyThere(List<Taken> taken, Set<String> versions) {
    for (Taken one : taken) {
      if (one.copy.isPresent() && !versions.add(one.copy.get().sha256())) {
        one.outcome = Outcome.SAME;
      }
    }
  }

  long rows() {
    return outcome == Outcome.TAKEN
        ? prepared.stream().mapToLong(Prepared::rows).sum() - misfits
        : 0;
  }
}
