package dev.tarn.store;

import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.StepState;
import dev.tarn.vocabulary.TableName;
import java.time.Instant;
import java.util.Optional;

/// One attempt at one step of a run.
///
/// @param attempt from 1
/// @param rows rows written
/// @param bytes bytes written
/// @param reason why it did not succeed, or why it had nothing to do; else empty
/// @param refresh how the table was refreshed: `full`, `append` …
public record StepRecord(
    RunId run,
    TableName table,
    StepState state,
    int attempt,
    Instant startedAt,
    Optional<Instant> endedAt,
    long rows,
    long bytes,
    String reason,
    String refresh) {}
