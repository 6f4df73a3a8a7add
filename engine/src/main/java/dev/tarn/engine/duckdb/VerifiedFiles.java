package dev.tarn.engine.duckdb;

import dev.tarn.lake.Scan;
import dev.tarn.lake.ScanFile;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import dev.tarn.vocabulary.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Makes sure that data files are what was written before DuckDB reads them, because DuckDB returns
/// wrong rows for many damaged files without a word. A file that was found right is not read again
/// while it looks unchanged.
final class VerifiedFiles {
  private static final int MOST_REMEMBERED = 1_000_000;
  private static final int BATCH = 64;
  private static final int MOST_PROBLEMS = 20;
  private static final int FEW = 500;

  private final Map<FileState, Integer> checksums = new ConcurrentHashMap<>();
  private final int threads;

  VerifiedFiles(int threads) {
    this.threads = threads;
  }

  /// Fails, naming them, when files of this snapshot are missing, of another size or damaged.
  void verify(Scan scan) {
    List<File> files = new ArrayList<>();
    for (ScanFile file : scan.files()) {
      files.add(new File("data file", file.path(), file.bytes(), file.crc32c()));
    }
    files.addAll(lists(scan));
    verify(scan.table(), files);
  }

  /// As [#verify], but only the files that list rows.
  void verifyLists(Scan scan) {
    verify(scan.table(), lists(scan));
  }

  private void verify(TableName table, List<File> files) {
    List<Problem> problems = new ArrayList<>();
    for (Problem problem : problems(table, files)) {
      if (problems.size() < MOST_PROBLEMS) {
        problems.add(problem);
      }
    }
    if (!problems.isEmpty()) {
      throw new Failure(Remedy.FIX_DATA, problems);
    }
  }

  private static List<File> lists(Scan scan) {
    return scan.files().stream()
        .flatMap(ScanFile::lists)
        .distinct()
        .map(list -> new File("position delete file", list.path(), list.bytes(), list.crc32c()))
        .toList();
  }

  /// Notes the checksum of a file that this process has just written.
  void remember(Path file, int checksum) throws IOException {
    put(state(file), checksum);
  }

  private List<Problem> problems(TableName table, List<File> files) {
    if (files.size() <= 1 || threads <= 1 || files.size() <= FEW && allKnown(files)) {
      return files.stream().flatMap(file -> problem(table, file).stream()).toList();
    }
    try (ExecutorService readers = Executors.newFixedThreadPool(threads)) {
      List<Callable<List<Problem>>> batches = new ArrayList<>();
      int size = Math.min(BATCH, Math.ceilDiv(files.size(), threads));
      for (int from = 0; from < files.size(); from += size) {
        List<File> batch = files.subList(from, Math.min(files.size(), from + size));
        batches.add(() -> batch.stream().flatMap(file -> problem(table, file).stream()).toList());
      }
      List<Problem> found = new ArrayList<>();
      for (Future<List<Problem>> batch : readers.invokeAll(batches)) {
        found.addAll(batch.get());
      }
      return found;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.retry("interrupted while verifying the files of " + table, "", e);
    } catch (ExecutionException e) {
      throw Failure.bug("verifying the files of " + table + " failed", e);
    }
  }

  /// Whether no file has to be read, only looked at, which takes less time than threads to start.
  private boolean allKnown(List<File> files) {
    try {
      for (File file : files) {
        if (file.crc32c().isPresent() && !checksums.containsKey(state(file.path()))) {
          return false;
        }
      }
      return true;
    } catch (IOException _) {
      return true;
    }
  }

  private Optional<Problem> problem(TableName table, File file) {
    try {
      FileState state = state(file.path());
      if (state.bytes != file.bytes()) {
        return damaged(
            table, file, "it has " + state.bytes + " bytes but " + file.bytes() + " were written");
      }
      if (file.crc32c().isEmpty()) {
        return Optional.empty();
      }
      int checksum = checksum(state);
      return checksum == file.crc32c().get()
          ? Optional.empty()
          : damaged(
              table,
              file,
              "its checksum is %08x but %08x was recorded when it was written"
                  .formatted(checksum, file.crc32c().get()));
    } catch (NoSuchFileException e) {
      return damaged(table, file, "it is missing");
    } catch (IOException | UncheckedIOException e) {
      return damaged(table, file, "it can't be read (" + e.getMessage() + ")");
    }
  }

  private int checksum(FileState state) throws IOException {
    Integer known = checksums.get(state);
    if (known != null) {
      return known;
    }
    try (FileChannel channel = FileChannel.open(state.path, StandardOpenOption.READ)) {
      int checksum = Checksums.of(channel);
      put(state, checksum);
      return checksum;
    }
  }

  private void put(FileState state, int checksum) {
    if (checksums.size() >= MOST_REMEMBERED) {
      checksums.clear();
    }
    checksums.put(state, checksum);
  }

  private static Optional<Problem> damaged(TableName table, File file, String how) {
    return Optional.of(
        Problem.of(
            "the " + file.what() + " " + file.path() + " of " + table + " is damaged: " + how,
            "restore this file from a backup, or roll the table back or refresh it"));
  }

  private static FileState state(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return new FileState(
        file,
        attributes.size(),
        attributes.lastModifiedTime(),
        String.valueOf(attributes.fileKey()));
  }

  /// What a file is to be.
  private record File(String what, Path path, long bytes, Optional<Integer> crc32c) {}

  /// How a file looks from outside; when any of it changes, the file is read anew.
  private record FileState(Path path, long bytes, FileTime modified, String inode) {}
}
