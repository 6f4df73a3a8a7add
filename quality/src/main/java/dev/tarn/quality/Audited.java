package dev.tarn.quality;

/// What kind of table checks are declared for.
public enum Audited {
  /// A model that is stored: failing rows can be split off.
  TABLE,
  /// A model that keeps no rows.
  VIEW,
  /// A model that keeps every version of its rows.
  HISTORY,
  /// A source's bronze table, which keeps what came whatever it is.
  SOURCE
}
