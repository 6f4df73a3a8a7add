package dev.tarn.bench.faults;

import dev.tarn.engine.duckdb.DuckDbEngine;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// A reader that reads all tables over and over, as `tarn query` would, while others change them.
final class Reader implements AutoCloseable {
  private static final long PAUSE_NANOS = 20_000_000;

  private final Ground ground;
  private final OpenLake lake;
  private final DuckDbEngine engine;
  private final Set<Content> seen = new LinkedHashSet<>();
  private final Thread thread;
  private volatile boolean over;
  private volatile String trouble = "";

  private Reader(Ground ground) {
    this.ground = ground;
    this.lake = OpenLake.of(ground.project());
    this.engine = Content.engine();
    this.thread = Thread.ofPlatform().daemon().name("reader").unstarted(this::read);
  }

  /// Reads from now until closed.
  static Reader of(Ground ground) {
    Reader reader = new Reader(ground);
    reader.thread.start();
    return reader;
  }

  private void read() {
    while (!over) {
      try {
        Content.atOnce(lake, engine).ifPresent(this::saw);
      } catch (RuntimeException e) {
        trouble = String.valueOf(e.getMessage());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private synchronized void saw(Content content) {
    seen.add(content);
  }

  /// Whatever was seen since it was judged last must be whole, and there must always have been
  /// something to see.
  ///
  /// @param whole whether all tables change at once
  synchronized void judge(Figures figures, String when, boolean whole) {
    for (Content content : seen) {
      Set<String> halves = ground.states().rows().halves(content, whole);
      if (!halves.isEmpty()) {
        figures.halfRun(when + ": a reader saw half of a change in " + halves);
      }
    }
    seen.clear();
    if (!trouble.isEmpty()) {
      figures.unreadable(when + ": a reader could not read: " + trouble);
    }
  }

  @Override
  public void close() {
    over = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    engine.close();
    lake.close();
  }
}
