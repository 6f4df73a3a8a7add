package dev.tarn.store;

import dev.tarn.vocabulary.RunId;
import java.time.Instant;
import java.util.Optional;

/// A named copy of all tables and all that is known of them.
///
/// @param id never given to another branch
/// @param parted the last run that main had seen when the branch was made or brought up to date
/// @param updatedAt when it was made or last brought up to date
public record BranchRecord(
    long id, String name, Optional<RunId> parted, Instant createdAt, Instant updatedAt) {}
