package dev.tarn.quality;

/// The limits of judging checks.
///
/// @param samples failing rows shown for a failed check
/// @param sampleText characters shown of one value
/// @param sampleColumns columns shown of one row
public record AuditSettings(int samples, int sampleText, int sampleColumns) {

  public static AuditSettings defaults() {
    return new AuditSettings(5, 200, 100);
  }
}
