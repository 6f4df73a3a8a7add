package dev.tarn.store;

import java.util.Locale;

/// What a file of the lake is.
public enum FileKind {
  DATA,
  DELETES,
  MANIFEST,
  MANIFEST_LIST,
  /// The metadata.json of a table or view.
  METADATA,
  STATISTICS;

  /// As the user reads it: lower case.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
