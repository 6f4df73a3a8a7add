package dev.tarn.transform;

/// How a model asks to be refreshed.
public enum RefreshChoice {
  AUTO,
  FULL,
  INCREMENTAL
}
