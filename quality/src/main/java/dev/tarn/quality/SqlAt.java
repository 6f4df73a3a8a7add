package dev.tarn.quality;

import dev.tarn.vocabulary.Location;

/// SQL in a project's settings, and where it begins.
///
/// @param at the first character of the SQL, not of its quotes
public record SqlAt(String text, Location at) {

  /// The place of a character of the SQL, as exact as the settings file lets one say.
  Location place(Location within) {
    if (within.line() > 1 || within.column() == 0 || text.strip().contains("\n")) {
      return at;
    }
    return new Location(at.file(), at.line(), at.column() + within.column() - 1);
  }
}
