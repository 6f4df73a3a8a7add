package dev.tarn.vocabulary;

/// The layers that Tarn itself gives a meaning to.
public final class Layer {
  public static final String BRONZE = "bronze";
  public static final String SILVER = "silver";
  public static final String GOLD = "gold";

  /// Tarn's own tables.
  public static final String SYSTEM = "system";

  private Layer() {}
}
