package dev.tarn.sql.change;

import java.util.List;
import java.util.Optional;

/// Where the steps of following a change are computed.
public interface Workbench {

  /// Computes a query and keeps its rows. May refuse, by an exception of its own, when there are so
  /// many that a recompute is cheaper.
  Kept keep(String sql);

  /// Whether a query yields any row.
  boolean any(String sql);

  /// The only row of a query whose columns are texts.
  List<Optional<String>> row(String sql);

  /// The types of a query's columns, in the engine's words. Nothing is computed.
  List<String> types(String sql);
}
