package dev.tarn.app.test;

import dev.tarn.vocabulary.Location;
import java.util.List;
import java.util.Optional;

/// What is to come out of a model.
///
/// @param at where it stands
/// @param rows of the model; those that stay, when its checks are judged
/// @param ordered whether the order of the rows matters
/// @param tolerance how far two floating-point numbers may lie apart and still be the same, as a
///   share of the larger
/// @param error part of what the model is to fail with
record Expectation(
    Location at,
    ExpectedRows rows,
    boolean ordered,
    double tolerance,
    List<ExpectedCheck> checks,
    ExpectedRows quarantined,
    Optional<String> error) {
  static final double TOLERANCE = 1e-9;

  Expectation {
    checks = List.copyOf(checks);
  }

  boolean isEmpty() {
    return rows.isEmpty() && !judges() && error.isEmpty();
  }

  /// Whether the checks of the model are to be judged.
  boolean judges() {
    return !checks.isEmpty() || !quarantined.isEmpty();
  }
}
