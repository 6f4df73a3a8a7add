package dev.tarn.bench.faults;

import dev.tarn.app.run.RunSummary;
import dev.tarn.store.CommitSeam;
import dev.tarn.vocabulary.RunState;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// Loses the database's answer to commits of a run: most often after the commit was accepted,
/// sometimes before.
public final class ReplyLost {
  private static final int ATTEMPTS = 50;

  private final Ground ground;
  private final SplittableRandom random;
  private final Figures figures;

  ReplyLost(Ground ground, long seed, Figures figures) {
    this.ground = ground;
    this.random = new SplittableRandom(seed);
    this.figures = figures;
  }

  /// Until so many answers were lost. A run may fail for it and say so; then it is run again, as a
  /// person would.
  Figures losses(int count) {
    int lost = 0;
    int failed = 0;
    int rounds = 0;
    while (lost < count) {
      rounds++;
      ground.reset();
      Wire wire = new Wire(random.split());
      for (int attempt = 1; !succeeded(wire, "round " + rounds) && attempt < ATTEMPTS; attempt++) {
        failed++;
        ground.look(figures, "round " + rounds);
      }
      lost += wire.lost.get();
      ground.judge(figures, "round " + rounds);
      figures.trial();
    }
    figures.note("answers lost " + lost + ", runs that failed for it and were run again " + failed);
    return figures;
  }

  private boolean succeeded(Wire wire, String when) {
    try {
      RunSummary summary =
          new OwnRun(ground.project(), InstantSource.system(), random.split(), wire).run();
      return summary.state() == RunState.SUCCEEDED;
    } catch (dev.tarn.vocabulary.Failure failure) {
      if (failure.remedy() == dev.tarn.vocabulary.Remedy.REPORT_BUG) {
        figures.unreadable(when + ": " + failure.getMessage());
      }
      return false;
    } catch (RuntimeException e) {
      figures.unreadable(when + ": no proper error, but " + e);
      return false;
    }
  }

  /// The way to the database, which loses one answer of three.
  private static final class Wire implements CommitSeam {
    private final SplittableRandom random;
    private final AtomicInteger lost = new AtomicInteger();

    Wire(SplittableRandom random) {
      this.random = random;
    }

    @Override
    public synchronized void before() throws SQLException {
      lose(12);
    }

    @Override
    public synchronized void after() throws SQLException {
      lose(4);
    }

    private void lose(int oneOf) throws SQLException {
      if (random.nextInt(oneOf) == 0) {
        lost.incrementAndGet();
        throw new SQLException("the connection was reset", "08006");
      }
    }
  }
}
