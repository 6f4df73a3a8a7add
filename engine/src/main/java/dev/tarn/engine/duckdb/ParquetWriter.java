package dev.tarn.engine.duckdb;

import dev.tarn.engine.SiftedFiles;
import dev.tarn.lake.WriteTarget;
import dev.tarn.lake.WrittenFile;
import dev.tarn.vocabulary.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Writes a query's result: DuckDB writes Parquet files into a folder of this write's own; they are
/// checked, checksummed, made durable and moved to the target's folder under unique names. Until
/// that is done nothing refers to them.
final class ParquetWriter {
  private final WriteTarget target;
  private final String name = UUID.randomUUID().toString();
  private final Path folder;
  private final Path staging;
  private final Path aside;
  private final boolean inOrder;
  private final SqlText text;
  private final int threads;
  private final VerifiedFiles verified;

  /// @param mark tells which rows go to files of their own, see [CopySql#sifted]
  ParquetWriter(
      String sql, WriteTarget target, Optional<String> mark, int threads, VerifiedFiles verified) {
    this.target = target;
    this.threads = threads;
    this.verified = verified;
    this.folder = target.folder().toAbsolutePath();
    this.staging = folder.resolve(name);
    this.aside = folder.resolveSibling(folder.getFileName() + "-aside-" + name);
    this.inOrder = CopySql.inOrder(sql, target);
    this.text =
        mark.map(of -> CopySql.sifted(sql, target, staging, of))
            .orElseGet(() -> CopySql.of(sql, target, staging));
  }

  SqlText text() {
    return text;
  }

  SiftedFiles write(Statement statement, String sql) throws SQLException {
    boolean done = false;
    try {
      if (inOrder) {
        Files.createDirectory(staging);
      }
      List<CopiedFile> copied =
          new FileRewrites(target, staging, statement.getConnection())
              .of(copied(statement, sql), inOrder);
      FileCheck.check(target, copied);
      if (copied.stream().anyMatch(file -> CopySql.mark(file) != 0)) {
        Files.createDirectory(aside);
      }
      List<WrittenFile> written = finished(copied, planned(copied, statement.getConnection()));
      Folders.delete(staging);
      Folders.sync(folder);
      done = true;
      return sifted(copied, written);
    } catch (IOException e) {
      throw DiskSpace.isFull(e)
          ? DiskSpace.full(Optional.of(folder.toString()), e)
          : Failure.retry("writing to " + folder + " failed: " + e.getMessage(), "", e);
    } finally {
      if (!done) {
        Folders.delete(staging);
        Folders.deleteNamed(folder, name + "-");
        Folders.delete(aside);
      }
    }
  }

  private List<WrittenFile> planned(List<CopiedFile> copied, Connection connection)
      throws SQLException {
    PartitionValues partitions = new PartitionValues(target, connection);
    List<WrittenFile> planned = new ArrayList<>();
    for (CopiedFile file : copied) {
      boolean kept = CopySql.mark(file) == 0;
      Path path = (kept ? folder : aside).resolve(name + "-" + planned.size() + ".parquet");
      List<Optional<String>> values = kept ? partitions.of(file) : List.of();
      planned.add(new WrittenFile(path, file.rows(), file.bytes(), file.statistics(), values, 0));
    }
    return planned;
  }

  private static SiftedFiles sifted(List<CopiedFile> copied, List<WrittenFile> written) {
    List<WrittenFile> kept = new ArrayList<>();
    Map<Long, List<WrittenFile>> aside = new TreeMap<>();
    for (int i = 0; i < copied.size(); i++) {
      long mark = CopySql.mark(copied.get(i));
      (mark == 0 ? kept : aside.computeIfAbsent(mark, _ -> new ArrayList<>())).add(written.get(i));
    }
    return new SiftedFiles(kept, aside);
  }

  private List<CopiedFile> copied(Statement statement, String sql) throws SQLException {
    List<CopiedFile> files = new ArrayList<>();
    try (ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        CopiedFile file = CopiedFile.of(result);
        if (file.rows() > 0) {
          files.add(file);
        }
      }
    }
    return files;
  }

  private List<WrittenFile> finished(List<CopiedFile> copied, List<WrittenFile> planned)
      throws IOException {
    List<Callable<WrittenFile>> tasks = new ArrayList<>();
    for (int i = 0; i < planned.size(); i++) {
      Path from = copied.get(i).path();
      WrittenFile file = planned.get(i);
      tasks.add(() -> finished(from, file));
    }
    List<WrittenFile> finished = new ArrayList<>();
    try (ExecutorService workers =
        Executors.newFixedThreadPool(Math.clamp(tasks.size(), 1, Math.max(4, threads)))) {
      for (Future<WrittenFile> file : workers.invokeAll(tasks)) {
        finished.add(file.get());
      }
      return finished;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.retry("interrupted while writing " + target.table(), "", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }
  }

  /// The size is taken from the disk: it is what will be verified.
  private WrittenFile finished(Path from, WrittenFile file) throws IOException {
    int checksum;
    long bytes;
    try (FileChannel channel =
        FileChannel.open(from, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      checksum = Checksums.of(channel);
      bytes = channel.size();
      channel.force(true);
    }
    if (bytes != file.bytes()) {
      throw new IOException(
          from + " has " + bytes + " bytes, but " + file.bytes() + " were written");
    }
    Files.move(from, file.path(), StandardCopyOption.ATOMIC_MOVE);
    verified.remember(file.path(), checksum);
    return new WrittenFile(
        file.path(), file.rows(), bytes, file.statistics(), file.partition(), checksum);
  }
}
