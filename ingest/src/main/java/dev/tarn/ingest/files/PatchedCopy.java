package dev.tarn.ingest.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Supplier;

/// A copy of a file in which some places are left out or say something else, made from front to
/// back while the file is looked through. Without a difference there is no copy.
final class PatchedCopy implements AutoCloseable {
  private static final int BUFFER = 1 << 18;

  private final Path original;
  private final Supplier<Path> place;
  private Optional<Copying> copying = Optional.empty();

  /// @param place gives the place of the copy, when there is to be one
  PatchedCopy(Path original, Supplier<Path> place) {
    this.original = original;
    this.place = place;
  }

  /// Puts `text` in place of what stands between two places, both behind all earlier ones.
  void replace(long start, long end, byte[] text) throws IOException {
    if (copying.isEmpty()) {
      copying = Optional.of(new Copying(original, place.get()));
    }
    copying.get().replace(start, end, text);
  }

  /// Leaves out what stands between two places, if anything does.
  void leaveOut(long start, long end) throws IOException {
    if (end > start) {
      replace(start, end, new byte[0]);
    }
  }

  /// Copies what is left; gives the copy, if there is one.
  Optional<Path> finish() throws IOException {
    if (copying.isPresent()) {
      copying.get().finish();
    }
    return copying.map(copy -> copy.target);
  }

  @Override
  public void close() throws IOException {
    if (copying.isPresent()) {
      copying.get().close();
    }
  }

  private static final class Copying implements AutoCloseable {
    private final Path target;
    private final FileChannel from;
    private final FileChannel to;
    private final OutputStream patches;
    private long copied;

    Copying(Path original, Path target) throws IOException {
      this.target = target;
      this.from = FileChannel.open(original, StandardOpenOption.READ);
      this.to = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      this.patches = new BufferedOutputStream(Channels.newOutputStream(to), BUFFER);
    }

    void replace(long start, long end, byte[] text) throws IOException {
      copyTo(start);
      patches.write(text);
      copied = end;
    }

    void finish() throws IOException {
      copyTo(from.size());
      patches.flush();
    }

    private void copyTo(long place) throws IOException {
      if (place == copied) {
        return;
      }
      patches.flush();
      while (copied < place) {
        long moved = from.transferTo(copied, place - copied, to);
        if (moved <= 0) {
          throw new IOException(target + " ended before its end");
        }
        copied += moved;
      }
    }

    @Override
    public void close() throws IOException {
      try (from) {
        to.close();
      }
    }
  }
}
