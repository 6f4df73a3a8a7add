package dev.tarn.sql.change;

/// Where the steps of following a change are computed.
public interface Workbench {

  /// Computes a query and keeps its rows. May refuse, by an exception of its own, when there are so
  /// many that a recompute is cheaper.
  Kept keep(String sql);

  /// Whether a query yields any row.
  boolean any(String sql);
}
