package dev.tarn.lake;

import dev.tarn.store.Pointer;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.view.ViewMetadata;

/// One view within a branch, in place of whatever had its name.
final class StagedView {
  private final TableName name;
  private final Optional<Pointer> pointer;
  private final ViewMetadata metadata;
  private final String location;
  private final WriteLog log;
  private final LakeFiles files;

  StagedView(
      TableName name,
      String sql,
      Schema schema,
      Map<String, String> properties,
      RunId run,
      Catalog catalog,
      Names names,
      Instant now) {
    this.name = name;
    this.pointer = catalog.pointer(name);
    Optional<ViewMetadata> before =
        pointer
            .filter(Pointer::view)
            .map(found -> catalog.viewMetadata(name, found.metadataLocation()));
    String folder = before.map(ViewMetadata::location).orElseGet(() -> names.table(name));
    Map<String, String> all = new java.util.HashMap<>(properties);
    all.put(TableShape.NAME, name.toString());
    this.metadata = Views.next(name, before, sql, schema, all, folder, now);
    this.location =
        names.metadata(
            folder,
            before.flatMap(_ -> pointer).map(Pointer::metadataLocation).orElse(""),
            run.value());
    this.log = new WriteLog(name, run);
    this.files = LakeFiles.staging(catalog.checksums(), log);
  }

  /// A view's definition that was made elsewhere.
  ///
  /// @param ours what its place is taken of
  StagedView(Pointer theirs, Optional<Pointer> ours, RunId run, Catalog catalog, Names names) {
    this.name = theirs.name();
    this.pointer = catalog.pointer(name);
    StagedTable.requireUnmoved(name, pointer, ours);
    this.metadata = catalog.viewMetadata(name, theirs.metadataLocation());
    this.location =
        names.metadata(
            metadata.location(),
            Names.later(theirs.metadataLocation(), pointer.map(Pointer::metadataLocation)),
            run.value());
    this.log = new WriteLog(name, run);
    this.files = LakeFiles.staging(catalog.checksums(), log);
  }

  LakeView view() {
    return Views.view(name, metadata, location);
  }

  Move move() {
    return new Move(name, pointer, location, true);
  }

  ViewMetadata metadata() {
    return metadata;
  }

  WriteLog log() {
    return log;
  }

  LakeFiles files() {
    return files;
  }
}
