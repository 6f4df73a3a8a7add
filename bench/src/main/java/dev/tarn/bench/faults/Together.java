package dev.tarn.bench.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// A run and two upkeeps of one lake at once, while a reader reads; in some rounds one of them is
/// killed.
public final class Together {
  private static final List<String> COMMANDS = List.of("run", "maintain", "maintain");
  private static final double MOST = 2;

  private final Ground ground;
  private final SplittableRandom random;
  private final Figures figures;

  Together(Ground ground, long seed, Figures figures) {
    this.ground = ground;
    this.random = new SplittableRandom(seed);
    this.figures = figures;
  }

  /// Each round is as many trials as there are processes.
  Figures rounds(int count) throws InterruptedException {
    for (int round = 1; round <= count; round++) {
      round("round " + round, round % 2 == 0);
    }
    return figures;
  }

  private void round(String when, boolean kill) throws InterruptedException {
    ground.reset();
    try (Reader reader = Reader.of(ground)) {
      work(when, kill);
      ground.settle(figures, when, () -> reader.judge(figures, when, ground.deed().whole()));
    }
  }

  private void work(String when, boolean kill) throws InterruptedException {
    List<Victim> victims = new ArrayList<>();
    for (String command : COMMANDS) {
      victims.add(ground.tarn().start(ground.project(), Map.of(), command));
    }
    if (kill) {
      Victim victim = victims.remove(random.nextInt(victims.size()));
      victim.live((long) (random.nextDouble() * MOST * ground.nanos()));
      if (victim.kill()) {
        figures.trial();
      }
    }
    for (Victim victim : victims) {
      Tarn.Answer answer = victim.end();
      figures.trial();
      if (answer.status() != 0) {
        figures.unreadable(
            when + ": one of them ended with " + answer.status() + ": " + answer.said());
      }
    }
  }
}
