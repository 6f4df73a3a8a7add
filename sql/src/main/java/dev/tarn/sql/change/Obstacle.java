package dev.tarn.sql.change;

/// A part of a query that lets no change of its inputs be followed to its result.
///
/// @param what the part and why, as `LIMIT 10: any row can move another out`
public record Obstacle(String what) {}
