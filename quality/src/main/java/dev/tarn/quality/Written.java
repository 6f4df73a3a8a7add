package dev.tarn.quality;

import dev.tarn.lake.WrittenFile;
import java.util.List;
import java.util.Optional;

/// What is known of a table from its writing.
///
/// @param files those of the table, with their figures; none when they are not known
/// @param aside the rows that were kept out of it because they fail quarantine checks; absent when
///   those checks are yet to be judged
public record Written(List<WrittenFile> files, Optional<SetAside> aside) {

  public Written {
    files = List.copyOf(files);
  }

  /// Nothing is known.
  public static Written unknown() {
    return new Written(List.of(), Optional.empty());
  }

  Figures figures() {
    return Figures.of(files);
  }
}
