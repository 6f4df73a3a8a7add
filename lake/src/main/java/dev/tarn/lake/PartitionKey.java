package dev.tarn.lake;

/// One part of how a table is partitioned, as declared: `day(ordered_at)`.
public record PartitionKey(String column, Transform transform) {}
