package dev.tarn.app.test;

import dev.tarn.vocabulary.Location;
import java.util.OptionalLong;

/// What a check is to find.
///
/// @param name of the check; empty for all of the model's checks
/// @param word `passed`, `failed`, or how it fails: `blocked`, `warned`, `quarantined`
/// @param failures how many rows are to fail it
record ExpectedCheck(
    Location at, String name, Location valueAt, String word, OptionalLong failures) {
  boolean ofAll() {
    return name.isEmpty();
  }
}
