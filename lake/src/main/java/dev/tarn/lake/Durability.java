package dev.tarn.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Makes files and their folders survive a power cut, many at once: the disk joins syncs that come
/// together.
final class Durability {
  private final Path root;
  private final int threads;
  private final AtomicBoolean above = new AtomicBoolean();

  Durability(Path root, int threads) {
    this.root = root;
    this.threads = threads;
  }

  /// Files first, then every folder from theirs up to the warehouse: a file's name is in its
  /// folder.
  void sync(Collection<Path> files, Collection<Path> folders) {
    each("syncing files", files, Durability::force);
    Set<Path> all = new TreeSet<>();
    files.forEach(file -> addFolders(all, file.getParent()));
    folders.forEach(folder -> addFolders(all, folder));
    each("syncing folders", all, Durability::force);
    syncAbove();
  }

  /// The warehouse itself may be new; what lies above it is looked at once, and may be closed to
  /// us.
  private void syncAbove() {
    if (above.getAndSet(true)) {
      return;
    }
    for (Path folder = root.getParent(); folder != null; folder = folder.getParent()) {
      try {
        force(folder);
      } catch (UncheckedIOException _) {
        return;
      }
    }
  }

  private void addFolders(Set<Path> all, @Nullable Path from) {
    Path folder = from;
    while (folder != null && folder.startsWith(root) && all.add(folder)) {
      folder = folder.getParent();
    }
  }

  /// Does the work for each item, several at once; the first failure is thrown when all have ended.
  <T> void each(String doing, Collection<T> items, Work<T> work) {
    if (items.isEmpty()) {
      return;
    }
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (T item : items) {
      calls.add(() -> {
        work.on(item);
        return true;
      });
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, items.size()))) {
      for (Future<Boolean> done : pool.invokeAll(calls)) {
        done.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known
          ? LakeFailures.of(known, doing)
          : LakeFailures.of(asIo(e.getCause()), doing);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw LakeFailures.of(new IOException("interrupted", e), doing);
    }
  }

  private static IOException asIo(@Nullable Throwable cause) {
    return cause instanceof IOException io ? io : new IOException(cause);
  }

  /// What is done for one item.
  interface Work<T> {
    void on(T item) throws IOException;
  }

  private static void force(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
