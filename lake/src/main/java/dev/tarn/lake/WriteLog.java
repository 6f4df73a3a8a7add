package dev.tarn.lake;

import dev.tarn.lake.Checksums.Expected;
import dev.tarn.store.FileKind;
import dev.tarn.store.FileRecord;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The files that were written for one staged table and that no pointer names yet.
final class WriteLog {
  private final TableName table;
  private final RunId run;
  private final Map<String, FileRecord> files = new ConcurrentHashMap<>();
  private final Map<String, FileRecord> superseded = new ConcurrentHashMap<>();

  WriteLog(TableName table, RunId run) {
    this.table = table;
    this.run = run;
  }

  RunId run() {
    return run;
  }

  void add(String path, long bytes, int crc32c, FileKind kind) {
    files.put(path, new FileRecord(path, bytes, crc32c, table, kind, run));
  }

  /// Metadata files tell by their names what they are.
  void addMetadata(String path, long bytes, int crc32c) {
    add(path, bytes, crc32c, kind(Path.of(path).getFileName().toString()));
  }

  Optional<Expected> of(String path) {
    return Optional.ofNullable(files.get(path))
        .map(file -> new Expected(file.bytes(), file.crc32c()));
  }

  List<FileRecord> records() {
    return List.copyOf(files.values());
  }

  /// Removes the metadata files from disk: a conflict is known, and they will be written anew.
  void removeMetadata() {
    remove(
        files.values().stream()
            .filter(file -> file.kind() != FileKind.DATA && file.kind() != FileKind.DELETES)
            .toList());
  }

  /// Nothing will name these files, but who reads them now may go on until the branch is published.
  void supersede(Collection<FileRecord> gone) {
    for (FileRecord file : gone) {
      files.remove(file.path());
      superseded.put(file.path(), file);
    }
  }

  void removeSuperseded() {
    remove(List.copyOf(superseded.values()));
    superseded.clear();
  }

  void removeAll() {
    removeSuperseded();
    remove(List.copyOf(files.values()));
  }

  private void remove(Collection<FileRecord> gone) {
    for (FileRecord file : gone) {
      files.remove(file.path());
      try {
        Files.deleteIfExists(Path.of(file.path()));
      } catch (IOException _) {
        // The sweep finds what is left.
      }
    }
  }

  static FileKind kind(String name) {
    if (name.endsWith(".metadata.json") || name.endsWith(ConsumedJournal.SUFFIX)) {
      return FileKind.METADATA;
    }
    return name.contains("snap-") ? FileKind.MANIFEST_LIST : FileKind.MANIFEST;
  }
}
