package dev.tarn.lake;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Lets those whose publish collided with another process's try again one at a time, so that nobody
/// starves. The operating system gives the place of a process that died to the next. Nothing goes
/// wrong without it, only slower.
final class PublishQueue {
  static final String FILE = "publish.lock";

  private final Path file;

  PublishQueue(Path warehouse) {
    this.file = warehouse.resolve(FILE);
  }

  /// Waits for one's turn, which ends when the turn is closed.
  Turn join() {
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        channel.lock();
      } catch (IOException | OverlappingFileLockException e) {
        channel.close();
        return new Turn(false, () -> {});
      }
      return new Turn(true, channel);
    } catch (IOException _) {
      return new Turn(false, () -> {});
    }
  }

  /// @param alone false when the file system has no locks, or this process has the turn already
  record Turn(boolean alone, java.io.Closeable channel) implements AutoCloseable {
    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException _) {
        // The lock goes with the process.
      }
    }
  }
}
