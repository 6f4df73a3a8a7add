package dev.tarn.engine.duckdb;

import dev.tarn.engine.Engine;
import dev.tarn.engine.EngineSession;
import dev.tarn.engine.EngineSettings;

/// DuckDB in this process. Nothing of it is loaded before a session's first statement.
public final class DuckDbEngine implements Engine {
  private static final int LEAST_THREADS = 16;

  private final EngineSettings settings;
  private final EngineThreads threads;
  private final VerifiedFiles verified;

  public DuckDbEngine(EngineSettings settings) {
    this.settings = settings;
    this.threads = new EngineThreads(Math.max(LEAST_THREADS, 4 * settings.threads()));
    this.verified = new VerifiedFiles(settings.threads());
  }

  @Override
  public String name() {
    return "duckdb";
  }

  @Override
  public EngineSession open() {
    return new DuckDbSession(settings, threads, verified);
  }

  /// Sessions are to be closed before.
  @Override
  public void close() {
    threads.close();
  }
}
