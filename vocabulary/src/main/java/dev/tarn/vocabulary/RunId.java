package dev.tarn.vocabulary;

import java.time.Instant;
import java.util.random.RandomGenerator;

/// Names one run. Sorts by the time it began (a ULID: 48 bits of milliseconds, 80 random bits, in
/// Crockford's base 32; github.com/ulid/spec).
public record RunId(String value) implements Comparable<RunId> {
  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  public RunId {
    if (!value.matches("[0-9A-HJKMNP-TV-Z]{26}")) {
      throw Failure.input("'" + value + "' is not a run", "tarn runs lists them");
    }
  }

  /// A new name for a run that begins at `now`.
  public static RunId next(Instant now, RandomGenerator random) {
    char[] text = new char[26];
    encode(now.toEpochMilli(), text, 0, 10);
    for (int i = 10; i < 26; i++) {
      text[i] = DIGITS.charAt(random.nextInt(32));
    }
    return new RunId(new String(text));
  }

  private static void encode(long value, char[] text, int from, int to) {
    long rest = value;
    for (int i = to - 1; i >= from; i--) {
      text[i] = DIGITS.charAt((int) (rest & 31));
      rest >>>= 5;
    }
  }

  @Override
  public int compareTo(RunId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
