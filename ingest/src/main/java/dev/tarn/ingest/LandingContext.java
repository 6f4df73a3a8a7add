package dev.tarn.ingest;

import dev.tarn.engine.EngineSession;
import dev.tarn.lake.Lake;
import dev.tarn.vocabulary.Events;
import dev.tarn.vocabulary.RunId;
import java.time.InstantSource;

/// What a source lands with.
///
/// @param threads how many files may be read at once
public record LandingContext(
    Lake lake, EngineSession session, RunId run, InstantSource clock, Events events, int threads) {

  /// The same with another session.
  public LandingContext with(EngineSession other) {
    return new LandingContext(lake, other, run, clock, events, threads);
  }
}
