package dev.tarn.app.shop;

/// Dice that roll the same values for the same seed, topic and number, whoever asks and in whatever
/// order.
///
/// Every file of the shop can therefore be written on its own, in parallel and without remembering
/// anything.
final class Dice {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  Dice(long seed, Topic topic, long number) {
    state = mix(mix(seed + topic.ordinal() * GOLDEN) + number * GOLDEN);
  }

  /// What the dice are rolled for; equal numbers of different topics have nothing to do with each
  /// other.
  enum Topic {
    CUSTOMER,
    PRODUCT,
    ORDER,
    PAYMENT,
    CLICK,
    DIRT
  }

  /// A whole number from 0 to `bound - 1`.
  int below(int bound) {
    return (int) (((next() >>> 33) * bound) >>> 31);
  }

  /// A number from 0 up to, but not including, 1.
  double fraction() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  /// True once in `times` rolls on average.
  boolean oneIn(int times) {
    return below(times) == 0;
  }

  private long next() {
    state += GOLDEN;
    return mix(state);
  }

  static long mix(long value) {
    var z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
