package dev.tarn.lake;

import dev.tarn.store.FileRecord;
import dev.tarn.store.MetadataStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What is known of files as they were written. Files never change, so what was once looked up
/// stays true.
final class Checksums {
  private static final int LIMIT = 200_000;

  private final MetadataStore store;
  private final Map<String, Expected> known = new ConcurrentHashMap<>();

  Checksums(MetadataStore store) {
    this.store = store;
  }

  /// What a file must be.
  record Expected(long bytes, int crc32c) {}

  /// Empty for files that others wrote.
  Optional<Expected> of(String path) {
    Expected found = known.get(path);
    if (found != null) {
      return Optional.of(found);
    }
    lookUp(List.of(path));
    return Optional.ofNullable(known.get(path));
  }

  /// Those of the paths that are known, looked up at once.
  Map<String, Expected> of(Collection<String> paths) {
    List<String> unknown = paths.stream().filter(path -> !known.containsKey(path)).toList();
    Map<String, Expected> found = new ConcurrentHashMap<>();
    if (!unknown.isEmpty()) {
      found.putAll(lookUp(unknown));
    }
    for (String path : paths) {
      Expected expected = known.get(path);
      if (expected != null) {
        found.put(path, expected);
      }
    }
    return found;
  }

  void learn(Collection<FileRecord> records) {
    if (known.size() > LIMIT) {
      known.clear();
    }
    for (FileRecord record : records) {
      known.put(record.path(), new Expected(record.bytes(), record.crc32c()));
    }
  }

  private Map<String, Expected> lookUp(List<String> paths) {
    Collection<FileRecord> records =
        new ArrayList<>(store.read(read -> read.files().find(paths)).values());
    learn(records);
    Map<String, Expected> found = new ConcurrentHashMap<>();
    records.forEach(
        record -> found.put(record.path(), new Expected(record.bytes(), record.crc32c())));
    return found;
  }
}
