package dev.tarn.app.shop;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/// Counts what was written: rows and bytes of each source, each kind of dirt, and the truth beneath
/// the dirt.
final class Tally {

  private final Map<String, Long> rows = new TreeMap<>();
  private final Map<String, Long> bytes = new TreeMap<>();
  private final Map<String, Long> files = new TreeMap<>();
  private final EnumMap<Dirt, Long> dirt = new EnumMap<>(Dirt.class);
  private final Map<String, Long> truth = new TreeMap<>();
  private long rowsOfFile;

  /// A row was written that can be read.
  void row() {
    rowsOfFile++;
  }

  void found(Dirt kind) {
    dirt.merge(kind, 1L, Long::sum);
  }

  /// Adds to a figure that the cleaned data must show.
  void truth(String figure, long amount) {
    truth.merge(figure, amount, Long::sum);
  }

  /// A file of this source, with the rows counted so far, is complete.
  void wrote(String source, long size) {
    rows.merge(source, rowsOfFile, Long::sum);
    bytes.merge(source, size, Long::sum);
    files.merge(source, 1L, Long::sum);
    rowsOfFile = 0;
  }

  void add(Tally other) {
    addAll(rows, other.rows);
    addAll(bytes, other.bytes);
    addAll(files, other.files);
    addAll(dirt, other.dirt);
    addAll(truth, other.truth);
  }

  ShopManifest manifest(long seed, double scale) {
    return new ShopManifest(seed, scale, files, rows, bytes, dirt, truth);
  }

  private static <K> void addAll(Map<K, Long> sums, Map<K, Long> amounts) {
    amounts.forEach((key, amount) -> sums.merge(key, amount, Long::sum));
  }
}
