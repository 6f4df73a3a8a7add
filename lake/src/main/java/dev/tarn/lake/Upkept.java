package dev.tarn.lake;

/// What a table consists of, before or after it was tidied up.
///
/// @param bytes of data files
public record Upkept(long files, long bytes, long manifests, long snapshots) {}
