package dev.tarn.store;

import java.time.Instant;

/// Instants as whole numbers; those too far away for one become the farthest there is.
final class Times {
  private static final long MICROS = 1_000_000;
  private static final long NANOS = 1_000_000_000;

  private Times() {}

  static long micros(Instant time) {
    return scaled(time, MICROS);
  }

  static Instant ofMicros(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * (NANOS / MICROS));
  }

  static long nanos(Instant time) {
    return scaled(time, NANOS);
  }

  static Instant ofNanos(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
  }

  private static long scaled(Instant time, long perSecond) {
    long seconds = time.getEpochSecond();
    long limit = Long.MAX_VALUE / perSecond - 1;
    if (Math.abs(seconds) > limit) {
      return seconds < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return seconds * perSecond + time.getNano() / (NANOS / perSecond);
  }
}
