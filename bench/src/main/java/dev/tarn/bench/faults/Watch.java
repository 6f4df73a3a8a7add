package dev.tarn.bench.faults;

import dev.tarn.vocabulary.Layer;
import dev.tarn.vocabulary.TableName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/// A reader that looks at the lake over and over while others write to it, and remembers every
/// state it saw.
final class Watch implements AutoCloseable {
  private static final long PAUSE_NANOS = 3_000_000;

  private final OpenLake lake;
  private final Set<Map<TableName, String>> seen = new LinkedHashSet<>();
  private final Thread thread;
  private volatile boolean over;
  private volatile String trouble = "";

  private Watch(OpenLake lake) {
    this.lake = lake;
    this.thread = Thread.ofPlatform().daemon().name("watch").unstarted(this::look);
  }

  /// Looks on from now until closed. The lake must be there, for a reader does not make one.
  static Watch of(Path project) {
    if (!Files.exists(OpenLake.database(project))) {
      throw new IllegalArgumentException("no lake in " + project);
    }
    Watch watch = new Watch(OpenLake.of(project));
    watch.thread.start();
    return watch;
  }

  private void look() {
    while (!over) {
      try {
        lookOnce();
      } catch (RuntimeException e) {
        trouble = String.valueOf(e.getMessage());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  synchronized void lookOnce() {
    seen.add(state(lake));
  }

  /// What readers see of all that is published by runs as a whole.
  static Map<TableName, String> state(OpenLake lake) {
    Map<TableName, String> versions = new TreeMap<>(lake.lake().versions());
    versions.keySet().removeIf(table -> table.layer().equals(Layer.BRONZE));
    return versions;
  }

  synchronized Set<Map<TableName, String>> seen() {
    return Set.copyOf(seen);
  }

  /// What last kept the reader from reading; empty when nothing did.
  String trouble() {
    return trouble;
  }

  @Override
  public void close() {
    over = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lake.close();
  }
}
