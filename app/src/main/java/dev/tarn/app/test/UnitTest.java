package dev.tarn.app.test;

import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A unit test of a model as declared.
///
/// @param at where it begins
/// @param modelAt where the model is named
/// @param now what SQL is to take for the time
/// @param vars variables of the project with other values than usual
/// @param expectation empty as long as nobody has written one
/// @param expectAt where it would stand, when the key is there and nothing behind it
public record UnitTest(
    String name,
    Location at,
    TableName model,
    Location modelAt,
    Optional<Instant> now,
    Map<String, String> vars,
    List<Given> given,
    Optional<Expectation> expectation,
    Optional<Location> expectAt) {
  public UnitTest {
    vars = Map.copyOf(vars);
    given = List.copyOf(given);
  }

  public String file() {
    return at.file();
  }
}
