package dev.tarn.engine.duckdb;

/// The 32-bit Murmur3 hash with seed 0, as Iceberg's bucket transform takes it (Iceberg spec,
/// appendix B).
final class Murmur3 {
  private static final int C1 = 0xcc9e2d51;
  private static final int C2 = 0x1b873593;

  private Murmur3() {}

  /// Of the eight bytes of a number, lowest first.
  static int ofLong(long value) {
    int hash = mixed(0, (int) value);
    return finished(mixed(hash, (int) (value >>> 32)), 8);
  }

  static int ofBytes(byte[] bytes) {
    int hash = 0;
    int whole = bytes.length & ~3;
    for (int i = 0; i < whole; i += 4) {
      hash = mixed(hash, littleEndian(bytes, i, 4));
    }
    if (whole < bytes.length) {
      hash ^= scrambled(littleEndian(bytes, whole, bytes.length - whole));
    }
    return finished(hash, bytes.length);
  }

  private static int littleEndian(byte[] bytes, int from, int count) {
    int value = 0;
    for (int i = count - 1; i >= 0; i--) {
      value = value << 8 | bytes[from + i] & 0xff;
    }
    return value;
  }

  private static int mixed(int hash, int block) {
    return Integer.rotateLeft(hash ^ scrambled(block), 13) * 5 + 0xe6546b64;
  }

  private static int scrambled(int block) {
    return Integer.rotateLeft(block * C1, 15) * C2;
  }

  private static int finished(int hash, int length) {
    int h = hash ^ length;
    h = (h ^ h >>> 16) * 0x85ebca6b;
    h = (h ^ h >>> 13) * 0xc2b2ae35;
    return h ^ h >>> 16;
  }
}
