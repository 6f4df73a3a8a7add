package dev.tarn.lake;

import dev.tarn.store.Pointer;
import dev.tarn.vocabulary.TableName;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;

/// Every file that a pointer leads to: of all snapshots, not only the current ones.
final class LiveFiles {
  private final Catalog catalog;
  private final Set<String> paths = new HashSet<>();

  LiveFiles(Catalog catalog) {
    this.catalog = catalog;
  }

  Set<String> paths() {
    return paths;
  }

  void add(Pointer pointer) {
    paths.add(pointer.metadataLocation());
    pointer.previous().ifPresent(paths::add);
    if (!pointer.view()) {
      add(pointer.name(), catalog.metadata(pointer.name(), pointer.metadataLocation()));
    }
  }

  /// Also what a table's versions name that were current a short while ago. What is gone of them
  /// already is needed by nobody.
  void addRecent(Pointer pointer, RecentVersions recent) {
    for (TableMetadata version : recent.of(pointer)) {
      paths.add(version.metadataFileLocation());
      version.snapshots().forEach(snapshot -> addIfReadable(version, snapshot));
    }
  }

  private void addIfReadable(TableMetadata table, Snapshot snapshot) {
    try {
      add(table, snapshot);
    } catch (IOException | RuntimeException _) {
      return;
    }
  }

  void add(TableName name, TableMetadata table) {
    table.previousFiles().forEach(entry -> paths.add(entry.file()));
    table.statisticsFiles().forEach(file -> paths.add(file.path()));
    table.partitionStatisticsFiles().forEach(file -> paths.add(file.path()));
    try {
      for (Snapshot snapshot : table.snapshots()) {
        add(table, snapshot);
      }
    } catch (IOException e) {
      throw LakeFailures.of(e, "reading " + name);
    } catch (RuntimeException e) {
      throw LakeFailures.of(e, "reading " + name);
    }
  }

  private void add(TableMetadata table, Snapshot snapshot) throws IOException {
    String list = snapshot.manifestListLocation();
    if (list != null && !paths.add(list)) {
      return;
    }
    for (ManifestFile manifest : snapshot.allManifests(catalog.files())) {
      if (paths.add(manifest.path())) {
        add(table, manifest);
      }
    }
  }

  private void add(TableMetadata table, ManifestFile manifest) throws IOException {
    if (manifest.content() == ManifestContent.DATA) {
      try (var reader = ManifestFiles.read(manifest, catalog.files(), table.specsById())) {
        for (DataFile file : reader) {
          paths.add(file.location());
        }
      }
    } else {
      try (var reader =
          ManifestFiles.readDeleteManifest(manifest, catalog.files(), table.specsById())) {
        for (DeleteFile file : reader) {
          paths.add(file.location());
        }
      }
    }
  }
}
