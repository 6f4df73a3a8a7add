package dev.tarn.app.run;

import java.util.Locale;

/// One partition of a table, as a look at the table and its model found it.
///
/// @param part its name
/// @param rows how many rows the model gives for it
/// @param there how many of its rows the table and its quarantine hold
/// @param state whether it has to be made
/// @param reason why it failed last
public record PartState(String part, long rows, long there, State state, String reason) {

  /// Whether a partition is as its model makes it.
  public enum State {
    /// There are rows for it, and none is there, or they were made by the model as it was before.
    MISSING,
    /// It was tried last by the model as it is, and could not be published.
    FAILED,
    MADE;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  PartState as(State other, String why) {
    return new PartState(part, rows, there, other, why);
  }
}
