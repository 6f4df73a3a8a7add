package dev.tarn.ingest.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// The beginning of a file, long enough to tell its columns. Files that make sense only as a whole
/// are taken whole.
final class Sample {
  private static final int BYTES = 4_000_000;

  private Sample() {}

  static Path of(FoundFile file, RawStore raw) throws IOException {
    boolean whole =
        Packing.ofName(file.item()) != Packing.NONE
            || Format.ofName(file.item()).filter(format -> format == Format.PARQUET).isPresent()
            || file.bytes() <= BYTES;
    if (whole) {
      return file.path();
    }
    Path sample = raw.scratch(".sample");
    try (InputStream in = Files.newInputStream(file.path());
        OutputStream out = Files.newOutputStream(sample)) {
      out.write(in.readNBytes(BYTES));
    }
    return sample;
  }
}
