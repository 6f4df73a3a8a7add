package dev.tarn.sql.change;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Chance that a seed repeats.
final class Dice {
  private final Random random;

  Dice(long seed) {
    random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  int between(int least, int most) {
    return least + below(most - least + 1);
  }

  /// True once in so many times.
  boolean once(int in) {
    return below(in) == 0;
  }

  boolean percent(int share) {
    return below(100) < share;
  }

  @SafeVarargs
  final <T> T of(T... choices) {
    return choices[below(choices.length)];
  }

  <T> T of(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  <T> List<T> shuffled(List<T> all) {
    List<T> copy = new ArrayList<>(all);
    Collections.shuffle(copy, random);
    return copy;
  }

  /// So many of them, in another order.
  <T> List<T> some(List<T> all, int least, int most) {
    int count = Math.min(all.size(), between(least, Math.max(least, most)));
    return List.copyOf(shuffled(all).subList(0, count));
  }
}
