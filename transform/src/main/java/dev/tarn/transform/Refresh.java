package dev.tarn.transform;

/// How one refresh of a model is done. Each case says why its result equals a recompute from
/// nothing.
public sealed interface Refresh {

  /// Why this way was taken, as `tarn plan` says it.
  String why();

  /// Recompute all and replace the table's content. Right by definition: it is the recompute that
  /// others must equal.
  record Full(String why) implements Refresh {}
}
