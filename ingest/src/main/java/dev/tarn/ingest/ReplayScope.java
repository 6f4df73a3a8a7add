package dev.tarn.ingest;

/// Which input of a source is to be read again.
public enum ReplayScope {
  /// What was read with other settings than the source has now, or with settings that are not
  /// known.
  OUTDATED,
  /// What has lines that were kept aside, or was kept aside whole.
  REJECTED,
  /// All of it.
  ALL
}
