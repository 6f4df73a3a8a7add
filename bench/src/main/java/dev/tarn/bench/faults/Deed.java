package dev.tarn.bench.faults;

import java.util.List;

/// What is done to a project while something goes wrong.
///
/// @param words as typed behind `tarn`
/// @param afterwards commands that must succeed once all faults are over
/// @param reference commands that lead to the same when nothing goes wrong
/// @param midway commands that lead, each from the one before, to what readers may see while the
///   deed is under way
/// @param states how many states readers may see at most, the last of `afterwards` included
/// @param whole whether all tables that it changes, also those of sources, change at once
record Deed(
    String words,
    List<String> afterwards,
    List<String> reference,
    List<String> midway,
    int states,
    boolean whole) {

  private static final String RUN = "run";

  Deed {
    afterwards = List.copyOf(afterwards);
    reference = List.copyOf(reference);
    midway = List.copyOf(midway);
  }

  private Deed(
      String words, List<String> afterwards, List<String> reference, int states, boolean whole) {
    this(words, afterwards, reference, List.of(), states, whole);
  }

  static Deed run() {
    return new Deed(RUN, List.of(RUN), List.of(RUN), 2, false);
  }

  /// Of a run, or of a table. The next run does again what was undone.
  static Deed rollback(String what) {
    return new Deed("rollback " + what, List.of(RUN), List.of(RUN), 3, true);
  }

  /// Each table changes by itself, and never its rows.
  static Deed maintain() {
    return new Deed("maintain", List.of("maintain", RUN), List.of(RUN), Integer.MAX_VALUE, false);
  }

  /// Of a source whose settings changed; the next run refreshes what reads it.
  static Deed replay(String what) {
    List<String> all = List.of("replay " + what, RUN);
    return new Deed("replay " + what, all, all, 2, true);
  }

  /// Of a table whose check was mended; a run would come to the same.
  static Deed readmit(String table) {
    return new Deed("quarantine " + table + " --readmit", List.of(RUN), List.of(RUN), 2, false);
  }

  /// Of a branch that took the last part of the data and made all tables from it. Merged again,
  /// there is nothing left to merge.
  static Deed merge(String branch) {
    List<String> all = List.of("merge " + branch, RUN);
    return new Deed("merge " + branch, all, all, 2, true);
  }

  /// Of tables that the project still has: the next run makes them anew.
  static Deed drop(String tables) {
    return new Deed("drop --force " + tables, List.of(RUN), List.of(RUN), 3, true);
  }

  /// Of all tables that were dropped. What did not come back the next run makes anew.
  static Deed undrop(String tables) {
    String words = "undrop " + tables;
    return new Deed(words, List.of(RUN), List.of(words), 3, true);
  }

  /// Of a table whose model changed, some partitions at a time; the next run refreshes what reads
  /// it.
  ///
  /// @param times the last partition of each time but the last
  static Deed backfill(String table, int atOnce, List<String> times) {
    String words = "backfill " + table + " --at-once " + atOnce;
    List<String> all = List.of(words, RUN);
    List<String> midway = times.stream().map(last -> words + " --to " + last).toList();
    return new Deed(words, all, all, midway, midway.size() + 3, false);
  }

  /// As `whole`, of the commands afterwards: a run that does again what was undone has what its
  /// sources take published before the rest.
  boolean wholeAfterwards() {
    return whole && states == 2;
  }

  boolean isRun() {
    return words.equals(RUN);
  }
}
