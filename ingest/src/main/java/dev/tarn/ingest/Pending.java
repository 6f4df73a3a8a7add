package dev.tarn.ingest;

import dev.tarn.vocabulary.ByteSize;

/// What a source has that is not landed yet, as far as can be told without reading it.
///
/// @param items files, or other pieces of input
/// @param bytes their size
public record Pending(int items, long bytes) {

  /// In words.
  public String text() {
    if (items == 0) {
      return "nothing new";
    }
    return items + (items == 1 ? " new file, " : " new files, ") + new ByteSize(bytes);
  }
}
