package dev.tarn.engine.duckdb;

import dev.tarn.vocabulary.Failure;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The bounded pool of threads that DuckDB's calls run on. Their stacks are large, because deeply
/// nested SQL overflows an ordinary stack and kills the process; they are platform threads, because
/// native calls would pin virtual ones.
final class EngineThreads implements AutoCloseable {
  private static final long STACK_BYTES = 16L << 20;
  private static final int RETRY_CANCEL_MILLIS = 20;

  private final ThreadPoolExecutor pool;
  private final AtomicInteger made = new AtomicInteger();

  EngineThreads(int most) {
    pool =
        new ThreadPoolExecutor(
            most, most, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
    pool.allowCoreThreadTimeOut(true);
  }

  /// Runs `work` on a thread of the pool and waits for it. When the caller is interrupted
  /// meanwhile, `cancel` is called until the work ends, so that nothing goes on behind the caller's
  /// back.
  <T> T run(Callable<T> work, Runnable cancel) {
    if (Thread.currentThread() instanceof EngineThread) {
      return called(work);
    }
    FutureTask<T> task = new FutureTask<>(work);
    try {
      pool.execute(task);
    } catch (RejectedExecutionException e) {
      throw Failure.bug("the engine was used after it was closed", e);
    }
    return result(task, cancel);
  }

  private <T> T result(Future<T> task, Runnable cancel) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return interrupted ? task.get(RETRY_CANCEL_MILLIS, TimeUnit.MILLISECONDS) : task.get();
        } catch (InterruptedException e) {
          interrupted = true;
          cancel.run();
        } catch (TimeoutException e) {
          cancel.run();
        } catch (ExecutionException e) {
          throw rethrown(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static <T> T called(Callable<T> work) {
    try {
      return work.call();
    } catch (Exception e) {
      throw rethrown(e);
    }
  }

  private static RuntimeException rethrown(@Nullable Throwable cause) {
    return switch (cause) {
      case null -> Failure.bug("the engine failed", new IllegalStateException());
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> Failure.bug("the engine failed: " + cause.getMessage(), cause);
    };
  }

  private Thread thread(Runnable work) {
    return new EngineThread(work, "engine-" + made.incrementAndGet());
  }

  @Override
  public void close() {
    pool.shutdown();
  }

  private static final class EngineThread extends Thread {
    EngineThread(Runnable work, String name) {
      super(null, work, name, STACK_BYTES);
      setDaemon(true);
    }
  }
}
