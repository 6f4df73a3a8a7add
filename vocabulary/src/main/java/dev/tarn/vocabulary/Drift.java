package dev.tarn.vocabulary;

import java.time.Instant;

/// A source's columns changed.
///
/// @param change `added`, `removed`, `retyped` or `reordered`
/// @param before the type before, or empty
/// @param after the type after, or empty
/// @param action what was done: `evolved`, `rejected` or `ignored`
public record Drift(
    TableName table,
    String item,
    String column,
    String change,
    String before,
    String after,
    String action,
    RunId run,
    Instant at) {}
