package dev.tarn.ingest.files;

import dev.tarn.vocabulary.ByteSize;
import dev.tarn.vocabulary.Failure;
import io.airlift.compress.v3.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// Unpacks gzip (of several members too), zstd and zip within limits, so that a small file can't
/// fill the disk. Names inside an archive are labels only and never become paths.
final class Unpacker {
  private static final int CHUNK = 1 << 18;
  private static final long FREE_BYTES = 1_000_000;

  private final RawStore raw;
  private final Limits limits;

  Unpacker(RawStore raw, Limits limits) {
    this.raw = raw;
    this.limits = limits;
  }

  /// One plain file.
  ///
  /// @param label as rows name it: the file, or `file.zip!member`
  record Plain(String label, Path path) {}

  /// The plain files in a copy: itself, its content, or its members.
  List<Plain> unpack(RawStore.Copy copy) throws IOException {
    String item = copy.file().item();
    return switch (Packing.ofName(item)) {
      case NONE -> List.of(new Plain(item, copy.path()));
      case GZIP, ZSTD -> List.of(new Plain(item, stream(copy, open(copy.path(), item))));
      case ZIP -> zip(copy);
    };
  }

  /// Reads a file unpacked; an archive of several is read as it is.
  ///
  /// @param name tells what it is packed with
  static InputStream open(Path file, String name) throws IOException {
    InputStream packed = new BufferedInputStream(Files.newInputStream(file), CHUNK);
    return switch (Packing.ofName(name)) {
      case NONE, ZIP -> packed;
      case GZIP -> new GZIPInputStream(packed, CHUNK);
      case ZSTD -> new Zstd(packed);
    };
  }

  private Path stream(RawStore.Copy copy, InputStream packed) throws IOException {
    Budget budget = new Budget(copy.file().item(), Math.max(copy.file().bytes(), 1));
    Path plain = raw.scratch(".plain");
    try (packed) {
      pour(packed, plain, budget);
    }
    return plain;
  }

  private List<Plain> zip(RawStore.Copy copy) throws IOException {
    List<Plain> members = new ArrayList<>();
    Budget budget = new Budget(copy.file().item(), Math.max(copy.file().bytes(), 1));
    try (ZipFile archive = new ZipFile(copy.path().toFile())) {
      if (archive.size() > limits.files()) {
        throw tooMuch(
            copy.file().item(), "has more than " + limits.files() + " members", "max_files");
      }
      for (ZipEntry entry : archive.stream().filter(entry -> !entry.isDirectory()).toList()) {
        if (Packing.ofName(entry.getName()) != Packing.NONE) {
          throw new ZipException(
              "the member '" + entry.getName() + "' is packed again: unpack it first");
        }
        Path plain = raw.scratch(".plain");
        try (InputStream member = archive.getInputStream(entry)) {
          pour(member, plain, budget);
        }
        members.add(new Plain(copy.file().item() + "!" + entry.getName(), plain));
      }
    } catch (IllegalArgumentException e) {
      throw new ZipException("a member's name is not readable: " + e.getMessage());
    }
    return members;
  }

  private static void pour(InputStream from, Path to, Budget budget) throws IOException {
    byte[] chunk = new byte[CHUNK];
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(to), CHUNK)) {
      for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
        budget.spend(read);
        out.write(chunk, 0, read);
      }
    }
  }

  /// Damaged bytes are a fault of the file; the library takes them for one of the program.
  private static final class Zstd extends FilterInputStream {
    Zstd(InputStream packed) {
      super(new ZstdInputStream(packed));
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      try {
        return super.read(bytes, from, count);
      } catch (RuntimeException e) {
        throw new IOException("it is no zstd, or damaged: " + e.getMessage(), e);
      }
    }
  }

  private static Failure tooMuch(String item, String what, String limit) {
    return Failure.data(
        "'" + item + "' " + what, "if it is meant to be so, raise  limits: {" + limit + ": …}");
  }

  /// How much one packed file may still become.
  private final class Budget {
    private final String item;
    private final long packed;
    private long spent;

    Budget(String item, long packed) {
      this.item = item;
      this.packed = packed;
    }

    void spend(long bytes) {
      spent += bytes;
      if (spent > limits.unpackedBytes()) {
        throw tooMuch(
            item,
            "becomes more than " + new ByteSize(limits.unpackedBytes()) + " unpacked",
            "max_unpacked");
      }
      if (spent > FREE_BYTES && spent / packed > limits.unpackedRatio()) {
        throw tooMuch(
            item,
            "becomes more than " + limits.unpackedRatio() + " times its size unpacked",
            "max_ratio");
      }
    }
  }
}
