package dev.tarn.quality;

import java.util.Locale;

/// What happens when a check fails.
public enum OnFail {
  /// Nothing of the run is published.
  BLOCK,
  /// It is reported, nothing more.
  WARN,
  /// The failing rows are split off; the others go on.
  QUARANTINE;

  /// As written in a project.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
