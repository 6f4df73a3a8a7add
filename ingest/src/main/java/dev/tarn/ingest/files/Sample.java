package dev.tarn.ingest.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The beginning of a file, long enough to tell its columns. Files that make sense only as a whole
/// are taken whole.
final class Sample {
  private static final int BYTES = 1_000_000;

  private Sample() {}

  static List<Unpacker.Plain> of(FoundFile file, RawStore raw, Limits limits) throws IOException {
    Packing packing = Packing.ofName(file.item());
    boolean parquet = Format.ofName(file.item()).filter(Format.PARQUET::equals).isPresent();
    if (packing == Packing.ZIP || packing != Packing.NONE && parquet) {
      return new Unpacker(raw, limits).unpack(new RawStore.Copy(file.path(), "", file));
    }
    boolean whole = packing == Packing.NONE && (parquet || file.bytes() <= BYTES);
    Path plain = whole ? file.path() : beginning(file, raw);
    return List.of(new Unpacker.Plain(file.item(), plain));
  }

  private static Path beginning(FoundFile file, RawStore raw) throws IOException {
    Path sample = raw.scratch(".sample");
    try (InputStream in = Unpacker.open(file.path(), file.item());
        OutputStream out = Files.newOutputStream(sample)) {
      out.write(in.readNBytes(BYTES));
    }
    return sample;
  }
}
