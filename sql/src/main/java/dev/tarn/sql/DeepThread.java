package dev.tarn.sql;

import dev.tarn.vocabulary.Failure;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/// One thread with a large stack: the engine's parser recurses, and on a common stack deep SQL ends
/// the process.
final class DeepThread implements AutoCloseable {
  private static final long STACK_BYTES = 64L << 20;

  private final ExecutorService executor = Executors.newSingleThreadExecutor(DeepThread::thread);

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(null, work, "sql-parser", STACK_BYTES);
    thread.setDaemon(true);
    return thread;
  }

  <T> T run(Callable<T> work) {
    Future<T> future = submit(work);
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw rethrown(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.retry("parsing was interrupted", "run it again", e);
    }
  }

  private <T> Future<T> submit(Callable<T> work) {
    try {
      return executor.submit(work);
    } catch (RejectedExecutionException e) {
      throw Failure.bug("the parser is closed", e);
    }
  }

  private static RuntimeException rethrown(Throwable cause) {
    return cause instanceof Failure failure
        ? failure
        : Failure.bug("the parser failed: " + cause, cause);
  }

  @Override
  public void close() {
    executor.shutdown();
  }
}
