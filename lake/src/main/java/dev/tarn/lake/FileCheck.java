package dev.tarn.lake;

import dev.tarn.lake.Checksums.Expected;
import dev.tarn.vocabulary.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/// Compares files with what was written.
final class FileCheck {
  private static final String FIX =
      "restore the file from a backup; tarn scrub lists all that are damaged";

  private FileCheck() {}

  /// The whole file; a `Failure` (FIX_DATA) when it is missing or not as it was written.
  static byte[] read(Path path, Optional<Expected> expected) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(path);
    } catch (NoSuchFileException _) {
      throw Failure.data("the file " + path + " is missing", FIX);
    } catch (IOException e) {
      throw Failure.retry(
          "the file " + path + " can't be read: " + e.getMessage(),
          "check the disk and its rights",
          e);
    }
    expected
        .flatMap(wanted -> difference(wanted, bytes.length, crc(bytes)))
        .ifPresent(what -> refuse(path, what));
    return bytes;
  }

  /// What is wrong with a file of any size; empty when nothing is.
  static Optional<String> damage(Path path, Optional<Expected> expected) {
    try {
      Expected found = measured(path);
      return expected.flatMap(wanted -> difference(wanted, found.bytes(), found.crc32c()));
    } catch (NoSuchFileException _) {
      return Optional.of("missing");
    } catch (IOException e) {
      return Optional.of("can't be read: " + e.getMessage());
    }
  }

  /// Size and checksum of a file as it is now; empty when there is none.
  static Optional<Expected> measure(Path path) throws IOException {
    try {
      return Optional.of(measured(path));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  private static Expected measured(Path path) throws IOException {
    CRC32C crc = new CRC32C();
    long length = 0;
    byte[] buffer = new byte[1 << 17];
    try (InputStream in = Files.newInputStream(path)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        crc.update(buffer, 0, count);
        length += count;
      }
    }
    return new Expected(length, (int) crc.getValue());
  }

  static void refuse(Path path, String what) {
    throw Failure.data("the file " + path + " is damaged: " + what, FIX);
  }

  private static Optional<String> difference(Expected wanted, long bytes, int crc32c) {
    if (bytes != wanted.bytes()) {
      return Optional.of("it has " + bytes + " bytes where " + wanted.bytes() + " were written");
    }
    return crc32c == wanted.crc32c()
        ? Optional.empty()
        : Optional.of("its bytes are not those that were written");
  }

  private static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
