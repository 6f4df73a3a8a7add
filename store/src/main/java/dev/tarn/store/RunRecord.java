package dev.tarn.store;

import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.RunState;
import java.time.Instant;
import java.util.Optional;

/// One run.
///
/// @param command what was asked, as typed: `run gold --full`
/// @param pid the process that runs it, on `host`
/// @param reason why it did not succeed; empty when it did
public record RunRecord(
    RunId run,
    RunState state,
    String command,
    Instant startedAt,
    Optional<Instant> endedAt,
    long pid,
    String host,
    String reason) {

  /// A run that begins now.
  public static RunRecord begun(RunId run, String command, Instant now, long pid, String host) {
    return new RunRecord(run, RunState.RUNNING, command, now, Optional.empty(), pid, host, "");
  }
}
