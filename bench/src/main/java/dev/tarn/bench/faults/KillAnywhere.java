package dev.tarn.bench.faults;

import dev.tarn.vocabulary.TableName;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/// Kills runs at random instants, some of them several times in a row, and lets the last one end.
public final class KillAnywhere {
  private static final double MOST = 1.1;
  private static final int AGAIN = 3;

  private final Ground ground;
  private final SplittableRandom random;
  private final Figures figures;

  KillAnywhere(Ground ground, long seed, Figures figures) {
    this.ground = ground;
    this.random = new SplittableRandom(seed);
    this.figures = figures;
  }

  /// Until so many processes have been killed that had not ended before.
  Figures kills(int count) throws InterruptedException {
    int rounds = 0;
    while (figures.trials() < count) {
      round("round " + ++rounds);
    }
    figures.note("runs to the end %d".formatted(rounds));
    return figures;
  }

  private void round(String when) throws InterruptedException {
    ground.reset();
    int kills = 1 + random.nextInt(AGAIN);
    // A reader that has the database open changes what a dead process leaves, so only every other
    // round has one.
    boolean watched = random.nextBoolean() && !ground.states().versions().isEmpty();
    if (watched) {
      try (Watch watch = Watch.of(ground.project());
          Reader reader = Reader.of(ground)) {
        disturb(kills, when);
        reader.judge(figures, when, ground.deed().whole());
        ground.settle(
            figures,
            when,
            () -> {
              judge(watch, when);
              reader.judge(figures, when, ground.deed().wholeAfterwards());
            });
      }
    } else {
      disturb(kills, when);
      ground.settle(figures, when);
    }
  }

  private void disturb(int kills, String when) throws InterruptedException {
    for (int kill = 0; kill < kills; kill++) {
      Victim victim = ground.start(Map.of());
      victim.live((long) (random.nextDouble() * MOST * ground.nanos()));
      if (victim.kill()) {
        figures.trial();
      }
      if (random.nextBoolean()) {
        ground.look(figures, when);
      }
    }
  }

  /// Of a run two states at most: that of the run before, and that of the one run that was
  /// published.
  private void judge(Watch watch, String when) {
    watch.lookOnce();
    Set<Map<TableName, String>> seen = watch.seen();
    if (seen.size() > ground.deed().states() || !seen.contains(ground.states().versions())) {
      figures.halfRun(when + ": a reader saw " + seen.size() + " states");
    }
    if (!watch.trouble().isEmpty()) {
      figures.unreadable(when + ": " + watch.trouble());
    }
  }
}
