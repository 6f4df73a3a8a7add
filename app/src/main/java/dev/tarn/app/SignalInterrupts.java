package dev.tarn.app;

import dev.tarn.app.run.Interrupts;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Ctrl-C and `kill`: the run is told to stop and gets some seconds to write down that it was
/// cancelled.
final class SignalInterrupts implements Interrupts {
  private static final long PATIENCE_SECONDS = 10;

  private final Consumer<String> news;

  SignalInterrupts(Consumer<String> news) {
    this.news = news;
  }

  @Override
  public void waiting(String holder) {
    news.accept("waiting for " + holder);
  }

  @Override
  public Watch watch(Runnable cancel) {
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook = Thread.ofPlatform().name("interrupt").unstarted(() -> stop(cancel, ended));
    Runtime.getRuntime().addShutdownHook(hook);
    return () -> {
      ended.countDown();
      remove(hook);
    };
  }

  private static void stop(Runnable cancel, CountDownLatch ended) {
    cancel.run();
    try {
      boolean _ = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // The process is ending already: the hook runs and finds the run ended.
    }
  }
}
