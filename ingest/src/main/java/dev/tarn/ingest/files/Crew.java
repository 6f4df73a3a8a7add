package dev.tarn.ingest.files;

import dev.tarn.vocabulary.Failure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Some threads that do one kind of work on many things; the first failure ends all.
final class Crew implements AutoCloseable {
  private final ExecutorService threads;

  Crew(int count) {
    this.threads =
        Executors.newFixedThreadPool(
            Math.max(1, count), Thread.ofPlatform().name("ingest-", 0).factory());
  }

  /// Work that may fail.
  @FunctionalInterface
  interface Work<T> {
    void on(T thing) throws IOException;
  }

  /// Does all the work, and returns when it is done.
  <T> void each(List<T> things, Work<T> work) {
    begin(things, work).join();
  }

  /// Begins all the work, and returns at once.
  <T> Pending begin(List<T> things, Work<T> work) {
    List<Future<?>> futures = new ArrayList<>();
    for (T thing : things) {
      futures.add(
          threads.submit(() -> {
            work.on(thing);
            return thing;
          }));
    }
    return new Pending(futures);
  }

  /// Work under way.
  record Pending(List<Future<?>> futures) {

    void join() {
      try {
        for (Future<?> future : futures) {
          future.get();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw Failure.retry("the landing was interrupted", "", e);
      } catch (ExecutionException e) {
        throw switch (e.getCause()) {
          case Failure failure -> failure;
          case IOException io -> Failure.retry("a file can't be read or written: " + io, "", io);
          case null, default -> Failure.bug("landing files failed: " + e.getCause(), e);
        };
      } finally {
        futures.forEach(future -> future.cancel(true));
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
