package dev.tarn.app.run;

import dev.tarn.ingest.Replay;

/// What became of a source's table when its files were read again.
///
/// @param before the rows of the table, and those of them that were kept aside, before
/// @param after and after
public record Replayed(Replay replay, Figures before, Figures after) {

  /// @param rows of the table
  /// @param rejected lines kept aside
  public record Figures(long rows, long rejected) {}
}
