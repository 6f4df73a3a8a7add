package dev.tarn.quality;

import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Location;

/// A column that a check names, and where it is named.
public record ColumnAt(String name, Location at) {

  String sql() {
    return Identifiers.quote(name);
  }
}
