package dev.tarn.lake;

import java.util.List;
import org.apache.iceberg.ManifestFile;

/// Says when a table's manifests are so many and so small that planning a query suffers.
final class SmallManifests {
  private static final long SMALL_BYTES = 4_000_000;
  private static final int MANY = 20;

  private SmallManifests() {}

  static boolean isSmall(ManifestFile manifest) {
    return manifest.length() < SMALL_BYTES;
  }

  static boolean worthMerging(List<ManifestFile> manifests) {
    return manifests.stream().filter(SmallManifests::isSmall).count() >= MANY;
  }
}
