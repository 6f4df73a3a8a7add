package dev.tarn.store;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import dev.tarn.vocabulary.RunId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The right to run, as a lock of the operating system on a file beside the SQLite file. The system
/// lets go of it when the process dies, however it dies.
final class LockFile {
  /// A POSIX lock belongs to the process and is lost when the process closes *any* handle of the
  /// file. So the process must know what it holds before it touches the file, and that is a fact of
  /// the whole process.
  private static final Map<Path, Holder> HELD_HERE = new ConcurrentHashMap<>();

  /// Beyond the text, because Windows lets nobody read what is locked.
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private static final int TEXT_LIMIT = 500;

  private final Path folder;
  private final Path file;
  private String lastHolder = "";

  LockFile(MetadataLocation.SqliteFile database, String lane) {
    this.folder = database.folder();
    this.file = database.beside(lane.isEmpty() ? ".lock" : "." + lane + ".lock");
  }

  Path file() {
    return file;
  }

  /// Whom the last attempt found.
  String lastHolder() {
    return lastHolder;
  }

  Optional<RunLock> tryLock(Holder holder) {
    try {
      Path key = folder.toRealPath().resolve(file.getFileName());
      @Nullable Holder other = HELD_HERE.putIfAbsent(key, holder);
      if (other != null) {
        lastHolder = other.text();
        return Optional.empty();
      }
      return lockOfTheSystem(key, holder);
    } catch (IOException e) {
      throw new Failure(
          Remedy.FIX_INPUT,
          Problem.at(
              Location.file(file.toString()),
              "the file that keeps two runs apart cannot be locked: " + e,
              "check the permissions of the folder, and that its file system knows locks"),
          e);
    }
  }

  private Optional<RunLock> lockOfTheSystem(Path key, Holder holder) throws IOException {
    boolean taken = false;
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      try {
        @Nullable FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
        if (lock == null) {
          lastHolder = read(channel);
          return Optional.empty();
        }
        Held held = new Held(key, channel, holder);
        held.tell(holder);
        taken = true;
        return Optional.of(held);
      } finally {
        if (!taken) {
          channel.close();
        }
      }
    } finally {
      if (!taken) {
        HELD_HERE.remove(key);
      }
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(TEXT_LIMIT);
    channel.read(text, 0);
    String holder = StandardCharsets.UTF_8.decode(text.flip()).toString().strip();
    return holder.isEmpty() ? "another process" : holder;
  }

  private record Held(Path key, FileChannel channel, Holder holder) implements RunLock {

    @Override
    public void holdFor(RunId run) {
      Holder now = holder.holdingFor(run);
      HELD_HERE.replace(key, now);
      try {
        tell(now);
      } catch (IOException e) {
        throw Failure.retry("cannot write " + key + ": " + e, "check the disk, and run again", e);
      }
    }

    void tell(Holder now) throws IOException {
      byte[] text = (now.text() + "\n").getBytes(StandardCharsets.UTF_8);
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(text), 0);
    }

    @Override
    public boolean held() {
      return channel.isOpen();
    }

    @Override
    public void close() {
      if (!channel.isOpen()) {
        return;
      }
      try {
        channel.close();
      } catch (IOException e) {
        throw Failure.retry("cannot close " + key + ": " + e, "check the disk", e);
      } finally {
        HELD_HERE.remove(key);
      }
    }
  }
}
