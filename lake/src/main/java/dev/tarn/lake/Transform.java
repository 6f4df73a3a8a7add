package dev.tarn.lake;

/// How a column's value becomes a partition (Iceberg spec, "Partition Transforms").
public sealed interface Transform {

  /// The value itself.
  record Identity() implements Transform {}

  record Year() implements Transform {}

  record Month() implements Transform {}

  record Day() implements Transform {}

  record Hour() implements Transform {}

  /// A 32-bit Murmur3 hash modulo `count`.
  record Bucket(int count) implements Transform {}

  /// The first `width` characters, or the number rounded down to a multiple of `width`.
  record Truncate(int width) implements Transform {}
}
