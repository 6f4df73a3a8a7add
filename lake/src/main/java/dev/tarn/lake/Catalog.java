package dev.tarn.lake;

import dev.tarn.store.Dropped;
import dev.tarn.store.MetadataStore;
import dev.tarn.store.Pointer;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Suggestions;
import dev.tarn.vocabulary.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.view.ViewMetadata;
import org.apache.iceberg.view.ViewMetadataParser;

/// Finds what the pointers name and reads it, once per metadata file.
final class Catalog {
  private static final int LIMIT = 256;

  private final MetadataStore store;
  private final Checksums checksums;
  private final LakeFiles files;
  private final Map<String, TableMetadata> tables = new LinkedHashMap<>(64, 0.75f, true);

  Catalog(MetadataStore store) {
    this.store = store;
    this.checksums = new Checksums(store);
    this.files = LakeFiles.reading(checksums);
  }

  MetadataStore store() {
    return store;
  }

  Checksums checksums() {
    return checksums;
  }

  LakeFiles files() {
    return files;
  }

  Optional<Pointer> pointer(TableName name) {
    return store.read(read -> read.pointers().find(name));
  }

  /// All pointers of main and of all branches, and those of what was dropped and can come back.
  List<Pointer> held() {
    return store.read(read ->
        Stream.concat(
                read.pointers().everywhere().stream(),
                read.dropped().everywhere().stream().map(Dropped::pointer))
            .toList());
  }

  /// Metadata files that are needed to tell what branches changed since.
  Set<String> parted() {
    return store.read(read -> read.branches().parted());
  }

  Optional<LakeTable> table(TableName name) {
    return pointer(name)
        .filter(pointer -> !pointer.view())
        .map(pointer -> table(name, pointer.metadataLocation()));
  }

  LakeTable required(TableName name) {
    return table(name)
        .orElseThrow(() ->
            Failure.input(
                "there is no table " + name,
                Suggestions.didYouMean(
                    name.toString(),
                    store.read(read -> read.pointers().all()).stream()
                        .map(found -> found.name().toString())
                        .toList())));
  }

  LakeTable table(TableName name, String location) {
    return new LakeTable(name, metadata(name, location), location, files);
  }

  /// A damaged or missing file is a `Failure` (FIX_DATA) that names it.
  TableMetadata metadata(TableName name, String location) {
    synchronized (tables) {
      TableMetadata found = tables.get(location);
      if (found != null) {
        return found;
      }
    }
    TableMetadata read = read(name, location);
    synchronized (tables) {
      tables.put(location, read);
      tables.keySet().stream()
          .limit(Math.max(0, tables.size() - LIMIT))
          .toList()
          .forEach(tables::remove);
    }
    return read;
  }

  private TableMetadata read(TableName name, String location) {
    try {
      return TableMetadataParser.read(files, location);
    } catch (RuntimeException e) {
      throw unreadable(name, location, e);
    }
  }

  Optional<LakeView> view(TableName name) {
    return pointer(name)
        .filter(Pointer::view)
        .map(pointer -> view(name, pointer.metadataLocation()));
  }

  LakeView view(TableName name, String location) {
    return Views.view(name, viewMetadata(name, location), location);
  }

  ViewMetadata viewMetadata(TableName name, String location) {
    try {
      return ViewMetadataParser.read(files.newInputFile(location));
    } catch (RuntimeException e) {
      throw unreadable(name, location, e);
    }
  }

  private static RuntimeException unreadable(
      TableName name, String location, RuntimeException error) {
    RuntimeException known = LakeFailures.of(error, "reading " + name);
    return known instanceof Failure failure
            && failure.remedy() == dev.tarn.vocabulary.Remedy.REPORT_BUG
        ? new Failure(
            dev.tarn.vocabulary.Remedy.FIX_DATA,
            dev.tarn.vocabulary.Problem.of(
                "the file " + location + " of " + name + " is damaged: " + error.getMessage(),
                "tarn doctor --repair takes the last good one"),
            error)
        : known;
  }
}
