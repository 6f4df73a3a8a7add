package dev.tarn.sql;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Suggestions;
import java.util.List;

/// What the SQL of a project may do beyond reading tables.
///
/// @param files true when it may read files by itself, as in `read_csv('x.csv')`
public record GuardSettings(boolean files) {
  private static final String FILES = "files";

  /// Nothing beyond reading tables.
  public static GuardSettings strict() {
    return new GuardSettings(false);
  }

  /// Reads a list such as `[files]`.
  public static GuardSettings allowing(List<String> names) {
    for (String name : names) {
      if (!name.equals(FILES)) {
        throw Failure.input(
            "'" + name + "' is nothing that can be allowed",
            Suggestions.didYouMean(name, List.of(FILES)));
      }
    }
    return new GuardSettings(names.contains(FILES));
  }
}
