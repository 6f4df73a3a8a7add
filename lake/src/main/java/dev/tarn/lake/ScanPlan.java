package dev.tarn.lake;

import dev.tarn.lake.Checksums.Expected;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import dev.tarn.vocabulary.TableName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.mapping.MappedField;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.util.ContentFileUtil;

/// Works out which files hold a snapshot's rows, and refuses what would give wrong ones.
final class ScanPlan {
  private static final List<String> WITHOUT_STATISTICS =
      List.of(
          "content", "file_path", "file_format", "partition", "record_count", "file_size_in_bytes");

  private final TableName name;
  private final TableMetadata table;
  private final LakeFiles files;

  ScanPlan(TableName name, TableMetadata table, LakeFiles files) {
    this.name = name;
    this.table = table;
    this.files = files;
  }

  Scan plan(Optional<Snapshot> snapshot, Schema schema) {
    refuseDefaults(schema);
    List<DataFile> found = snapshot.map(this::dataFiles).orElse(List.of());
    AppliedDeletes deletes = snapshot.map(this::deletes).orElse(AppliedDeletes.NONE);
    Matching matching = new ColumnNames(table).matching(snapshot, schema);
    return scan(
        snapshot.map(Snapshot::snapshotId).orElse(0L),
        TypeMapping.nodes(schema),
        found.stream().map(file -> new PlannedFile(file, deletes.of(file), List.of())).toList(),
        matching);
  }

  /// What to read to get these files' rows.
  Scan scan(long snapshot, List<FieldNode> columns, List<PlannedFile> found, Matching matching) {
    return new Scan(name, snapshot, columns, checked(found), matching, namedColumns());
  }

  List<DataFileInfo> describe(Snapshot snapshot) {
    List<DataFile> found = dataFiles(snapshot);
    Map<String, Expected> known = checksums(found);
    return found.stream()
        .map(file ->
            new DataFileInfo(
                LakeFiles.path(file.location()),
                file.recordCount(),
                file.fileSizeInBytes(),
                table.spec(file.specId()).partitionToPath(file.partition()),
                Optional.ofNullable(known.get(file.location())).map(Expected::crc32c)))
        .toList();
  }

  List<DataFile> dataFiles(Snapshot snapshot) {
    return dataFiles(manifests(snapshot));
  }

  List<DataFile> dataFiles(List<ManifestFile> manifests) {
    try {
      List<DataFile> found = new ArrayList<>();
      for (ManifestFile manifest : manifests) {
        try (ManifestReader<DataFile> reader =
            ManifestFiles.read(manifest, files, table.specsById()).select(WITHOUT_STATISTICS)) {
          for (DataFile file : reader) {
            found.add(file);
          }
        }
      }
      return found;
    } catch (IOException e) {
      throw LakeFailures.of(e, "planning " + name);
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }

  List<ManifestFile> manifests(Snapshot snapshot) {
    try {
      List<ManifestFile> all = snapshot.allManifests(files);
      files.checksums().of(all.stream().map(ManifestFile::path).toList());
      return snapshot.dataManifests(files);
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }

  AppliedDeletes deletes(Snapshot snapshot) {
    List<DeleteFile> found = deleteFiles(snapshot);
    return found.isEmpty() ? AppliedDeletes.NONE : new AppliedDeletes(found);
  }

  /// Empty for almost all tables, which then costs nothing.
  List<DeleteFile> deleteFiles(Snapshot snapshot) {
    try {
      List<DeleteFile> found = new ArrayList<>();
      for (ManifestFile manifest : snapshot.deleteManifests(files)) {
        if (manifest.hasAddedFiles() || manifest.hasExistingFiles()) {
          try (ManifestReader<DeleteFile> reader =
              ManifestFiles.readDeleteManifest(manifest, files, table.specsById())) {
            for (DeleteFile file : reader) {
              refuseUnlessPositions(file);
              found.add(file);
            }
          }
        }
      }
      return found;
    } catch (IOException e) {
      throw LakeFailures.of(e, "planning " + name);
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }

  /// Lists of deleted rows that apply to no file any more.
  List<DeleteFile> idle(Snapshot snapshot) {
    List<DeleteFile> all = deleteFiles(snapshot);
    if (all.isEmpty()) {
      return List.of();
    }
    AppliedDeletes deletes = new AppliedDeletes(all);
    Set<String> needed = new HashSet<>();
    dataFiles(snapshot)
        .forEach(file -> deletes.of(file).forEach(list -> needed.add(list.location())));
    return all.stream().filter(list -> !needed.contains(list.location())).toList();
  }

  private void refuseUnlessPositions(DeleteFile file) {
    if (file.content() != FileContent.POSITION_DELETES) {
      throw Failure.data(
          name
              + " has rows that another program deleted by their values (an equality delete file),"
              + " which can't be read",
          "let that program compact the table (rewrite_data_files), or delete by position");
    }
    if (ContentFileUtil.isDV(file)) {
      throw Failure.data(
          name
              + " has rows that another program deleted with deletion vectors, which can't be read",
          "let that program compact the table (rewrite_data_files), or write format version 2");
    }
  }

  private RuntimeException damaged(RuntimeException error) {
    RuntimeException known = LakeFailures.of(error, "planning " + name);
    return known instanceof Failure failure && failure.remedy() != Remedy.REPORT_BUG
        ? known
        : new Failure(
            Remedy.FIX_DATA,
            Problem.of(
                "a metadata file of " + name + " is damaged: " + error, "restore it from a backup"),
            error);
  }

  private Map<String, Expected> checksums(List<DataFile> found) {
    return files.expected(found.stream().map(DataFile::location).toList());
  }

  private List<ScanFile> checked(List<PlannedFile> found) {
    return new FilesOnDisk(name, files).checked(found);
  }

  private Map<Integer, List<String>> namedColumns() {
    String json = table.properties().get("schema.name-mapping.default");
    Map<Integer, List<String>> names = new HashMap<>();
    if (json != null) {
      for (MappedField field : NameMappingParser.fromJson(json).asMappedFields().fields()) {
        if (field.id() != null) {
          names.put(field.id(), List.copyOf(field.names()));
        }
      }
    }
    return names;
  }

  /// Rows that lack such a column would read as NULL instead of the default.
  void refuseDefaults(Schema schema) {
    schema.columns().stream()
        .filter(column -> column.initialDefault() != null)
        .findFirst()
        .ifPresent(column -> {
          throw Failure.data(
              "column '"
                  + column.name()
                  + "' of "
                  + name
                  + " has a default for old rows, which can't be read yet",
              "rewrite the table without defaults");
        });
  }
}
