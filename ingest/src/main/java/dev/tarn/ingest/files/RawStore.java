package dev.tarn.ingest.files;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Copies of source files, byte for byte, named by their content: `raw/ab/cd/<sha256>`. A copy is
/// private to the run until [#keep]: what the original does meanwhile can't hurt. Unfinished copies
/// are in `raw/tmp/<run>`.
final class RawStore implements AutoCloseable {
  private static final int CHUNK = 1 << 20;
  private static final int ATTEMPTS = 3;

  private final Path raw;
  private final Path workplace;
  private final AtomicLong serial = new AtomicLong();

  RawStore(Path raw, RunId run, TableName table) {
    this.raw = raw;
    this.workplace = raw.resolve("tmp").resolve(run.value()).resolve(String.valueOf(serial(table)));
  }

  /// One file's content as taken.
  record Copy(Path path, String sha256, FoundFile file) {}

  /// A new place for a file that only this landing needs.
  Path scratch(String suffix) {
    for (int attempt = 1; ; attempt++) {
      try {
        Files.createDirectories(workplace);
        return workplace.resolve(serial.incrementAndGet() + suffix);
      } catch (IOException e) {
        // Another source of the run that is done may just have removed the run's empty folder.
        if (attempt == ATTEMPTS) {
          throw Failure.retry("can't make the folder " + workplace + ": " + e, "", e);
        }
      }
    }
  }

  /// Copies a file. Empty when it went on changing while it was copied: whoever writes it is not
  /// done.
  Optional<Copy> take(FoundFile file) throws IOException {
    FoundFile before = file;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Path copy = scratch(".raw");
      MessageDigest digest = sha256();
      long bytes = copy(before.path(), copy, digest);
      FoundFile after = FileListing.again(before);
      if (bytes == before.bytes() && after.equals(before)) {
        return Optional.of(new Copy(copy, HexFormat.of().formatHex(digest.digest()), before));
      }
      Files.deleteIfExists(copy);
      before = after;
    }
    return Optional.empty();
  }

  /// Makes a copy's content durable; it may still be read meanwhile.
  void settle(Copy copy) throws IOException {
    makeDurable(copy.path());
  }

  /// Gives settled copies their lasting names, and makes those durable.
  void keep(List<Copy> copies, Crew crew) {
    Set<Path> folders = ConcurrentHashMap.newKeySet();
    crew.each(
        copies,
        copy -> {
          Path outer = raw.resolve(copy.sha256().substring(0, 2));
          Path inner = outer.resolve(copy.sha256().substring(2, 4));
          Path home = inner.resolve(copy.sha256());
          if (!Files.exists(home)) {
            Files.createDirectories(inner);
            Files.move(copy.path(), home, StandardCopyOption.ATOMIC_MOVE);
            folders.addAll(List.of(inner, outer, raw));
          }
        });
    crew.each(List.copyOf(folders), RawStore::makeDurable);
  }

  static void makeDurable(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static long copy(Path from, Path to, MessageDigest digest) throws IOException {
    byte[] chunk = new byte[CHUNK];
    long bytes = 0;
    try (InputStream in = Files.newInputStream(from);
        FileChannel out =
            FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        digest.update(chunk, 0, read);
        ByteBuffer buffer = ByteBuffer.wrap(chunk, 0, read);
        while (buffer.hasRemaining()) {
          out.write(buffer);
        }
        bytes += read;
      }
    }
    return bytes;
  }

  /// The SHA-256 of a file's content, in hex.
  ///
  /// @param copy where the content is written as it is read
  static String sha256(Path file, Optional<Path> copy) throws IOException {
    MessageDigest digest = sha256();
    if (copy.isPresent()) {
      copy(file, copy.get(), digest);
    } else {
      try (InputStream in = Files.newInputStream(file)) {
        byte[] chunk = new byte[CHUNK];
        for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
          digest.update(chunk, 0, read);
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A folder name for a table, whatever characters its name has.
  private static String serial(TableName table) {
    byte[] name = table.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(sha256().digest(name)).substring(0, 16);
  }

  /// Removes everything that was not kept.
  @Override
  public void close() {
    try {
      if (Files.isDirectory(workplace)) {
        removeAll(workplace);
        // The run's own folder goes with the last source that leaves it.
        Files.deleteIfExists(workplace.getParent());
      }
    } catch (IOException _) {
      // Whatever is left is swept later; nothing refers to it.
    }
  }

  private static void removeAll(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, java.io.IOException e)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
