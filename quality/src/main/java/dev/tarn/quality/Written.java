package dev.tarn.quality;

import dev.tarn.lake.WrittenFile;
import java.util.List;
import java.util.Optional;

/// What is known of a table from its writing.
///
/// @param files those of the table, with their figures; none when they are not known
/// @param aside the rows that were kept out of it because they fail quarantine checks; absent when
///   those checks are yet to be judged
/// @param uniqueBy columns of which no two of its rows have the same values, by the text of the
///   query that made all of them; none when that is not known
public record Written(List<WrittenFile> files, Optional<SetAside> aside, List<String> uniqueBy) {

  public Written {
    files = List.copyOf(files);
    uniqueBy = List.copyOf(uniqueBy);
  }

  public Written(List<WrittenFile> files, Optional<SetAside> aside) {
    this(files, aside, List.of());
  }

  /// Nothing is known.
  public static Written unknown() {
    return new Written(List.of(), Optional.empty());
  }

  Figures figures() {
    return Figures.of(files, uniqueBy);
  }
}
