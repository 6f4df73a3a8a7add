package dev.tarn.ingest;

import dev.tarn.vocabulary.TableName;
import java.time.Instant;
import java.util.List;

/// What of a source's input is to be read again from the copies that were kept.
///
/// @param again what is read again, in the order in which it came in
/// @param gone items of which no copy is there any more
/// @param others how many items stay as they are
public record Replay(TableName table, List<Version> again, List<Gone> gone, int others) {
  public Replay {
    again = List.copyOf(again);
    gone = List.copyOf(gone);
  }

  /// One content of one item.
  ///
  /// @param content as it is known by: for files its SHA-256
  /// @param place what the file system knew it by
  /// @param at when it first came in
  /// @param rank its place among the records of what was taken last
  public record Version(
      String item,
      String content,
      long bytes,
      Instant modified,
      String place,
      Instant at,
      int rank) {}

  /// An item that can't be read again.
  ///
  /// @param copy where its content was kept
  /// @param rows how many rows of the table came from it
  public record Gone(String item, String copy, long rows) {}

  /// The same with what is gone staying as it is.
  public Replay withoutGone() {
    return new Replay(table, again, List.of(), others + gone.size());
  }

  /// How many items are read again.
  public int items() {
    return (int) again.stream().map(Version::item).distinct().count();
  }

  public long bytes() {
    return again.stream().mapToLong(Version::bytes).sum();
  }

  /// Whether there is nothing to do.
  public boolean isEmpty() {
    return again.isEmpty() && gone.isEmpty();
  }
}
