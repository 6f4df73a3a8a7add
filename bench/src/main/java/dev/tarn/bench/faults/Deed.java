package dev.tarn.bench.faults;

import java.util.List;

/// What is done to a project while something goes wrong.
///
/// @param words as typed behind `tarn`
/// @param afterwards commands that must succeed once all faults are over
/// @param states how many states readers may see at most, the last of `afterwards` included
/// @param whole whether the sources' tables change in the one transaction too
record Deed(List<String> words, List<String> afterwards, int states, boolean whole) {

  Deed {
    words = List.copyOf(words);
    afterwards = List.copyOf(afterwards);
  }

  static Deed run() {
    return new Deed(List.of("run"), List.of("run"), 2, false);
  }

  /// Of a run, or of a table. The next run does again what was undone.
  static Deed rollback(String what) {
    return new Deed(List.of("rollback", what), List.of("run"), 3, true);
  }

  /// Each table changes by itself, and never its rows.
  static Deed maintain() {
    return new Deed(List.of("maintain"), List.of("maintain", "run"), Integer.MAX_VALUE, false);
  }

  boolean isRun() {
    return words.equals(List.of("run"));
  }
}
