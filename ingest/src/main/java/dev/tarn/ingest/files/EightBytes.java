package dev.tarn.ingest.files;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Looks for bytes in text eight at a time (H. S. Warren, Hacker's Delight, 2nd edition, 6-1): an
/// answer has the top bit of those bytes set that are looked for. The lowest one set is always
/// right; those above it are sure in [#exactly] only.
final class EightBytes {
  static final int SIZE = Long.BYTES;
  static final long HIGH = 0x8080808080808080L;
  private static final long ONES = 0x0101010101010101L;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private EightBytes() {}

  static long at(byte[] bytes, int place) {
    return (long) LONGS.get(bytes, place);
  }

  /// A byte eight times, to be looked for.
  static long all(int b) {
    return (b & 0xFF) * ONES;
  }

  static long zero(long word) {
    return (word - ONES) & ~word & HIGH;
  }

  static long is(long word, long all) {
    return zero(word ^ all);
  }

  /// Bytes below `all`, which is at most 0x80.
  static long below(long word, long all) {
    return (word - all) & ~word & HIGH;
  }

  static long exactly(long word, long all) {
    long other = word ^ all;
    return ~(((other & ~HIGH) + ~HIGH) | other | ~HIGH);
  }

  /// Which byte the lowest one of an answer is.
  static int first(long answer) {
    return Long.numberOfTrailingZeros(answer) >>> 3;
  }
}
