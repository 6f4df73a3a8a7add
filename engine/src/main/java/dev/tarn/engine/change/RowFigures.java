package dev.tarn.engine.change;

/// What a change of some rows came to.
///
/// @param added rows that are new
/// @param removed rows that are gone
/// @param bytes bytes of the files that were written
/// @param files how many files were written
public record RowFigures(long added, long removed, long bytes, int files) {
  static final RowFigures NOTHING = new RowFigures(0, 0, 0, 0);

  /// Whether anything was staged.
  public boolean any() {
    return added + removed > 0;
  }
}
