package dev.tarn.ingest.files;

import java.util.Locale;

/// What a file is packed with, as its name tells.
enum Packing {
  NONE(""),
  GZIP(".gz"),
  ZSTD(".zst"),
  ZIP(".zip");

  private final String extension;

  Packing(String extension) {
    this.extension = extension;
  }

  static Packing ofName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (Packing packing : values()) {
      if (packing != NONE && lower.endsWith(packing.extension)) {
        return packing;
      }
    }
    return NONE;
  }

  /// The name without the packing's own extension.
  static String unpackedName(String name) {
    return name.substring(0, name.length() - ofName(name).extension.length());
  }
}
