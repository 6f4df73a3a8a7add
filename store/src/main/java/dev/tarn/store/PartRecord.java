package dev.tarn.store;

import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.time.Instant;

/// What became of one partition of a table when it was last made by itself.
///
/// @param part the partition in words, such as `2026-01`
/// @param fingerprint of the model that made it
/// @param inputs names the versions of the tables that it was made from
/// @param made whether it was published
/// @param reason why it was not
public record PartRecord(
    TableName table,
    String part,
    String fingerprint,
    String inputs,
    boolean made,
    RunId run,
    Instant at,
    String reason) {}
