package dev.tarn.quality;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// A key of whole numbers of which so few are possible that each can have a bit of its own.
///
/// @param number the key as one number, counted from 0, as SQL
/// @param possible how many keys are possible
record DenseKey(String number, long possible) {
  /// The most bits that may be set aside, which is 32 MiB a thread.
  private static final BigInteger BITS_LIMIT = BigInteger.ONE.shiftLeft(28);

  /// Bits for each row at most; sparser keys are cheaper to count as values.
  private static final long BITS_PER_ROW = 64;

  /// @param spans the least and greatest value of each part
  static Optional<DenseKey> of(SequencedMap<String, Figures.Span> spans, long rows) {
    BigInteger possible = BigInteger.ONE;
    List<String> terms = new ArrayList<>();
    for (Map.Entry<String, Figures.Span> part : spans.reversed().entrySet()) {
      BigInteger least = part.getValue().least().toBigInteger();
      BigInteger width =
          part.getValue().greatest().toBigInteger().subtract(least).add(BigInteger.ONE);
      terms.add("(CAST(" + part.getKey() + " AS BIGINT) - (" + least + ")) * " + possible);
      possible = possible.multiply(width);
      if (width.signum() <= 0 || possible.compareTo(BITS_LIMIT) > 0) {
        return Optional.empty();
      }
    }
    long bits = possible.longValueExact();
    return bits / BITS_PER_ROW > rows
        ? Optional.empty()
        : Optional.of(new DenseKey(String.join(" + ", terms), bits));
  }

  /// One bit for each key that occurs.
  String bits() {
    return "bitstring_agg(" + number + ", 0, " + (possible - 1) + ")";
  }
}
