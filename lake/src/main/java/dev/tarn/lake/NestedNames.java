package dev.tarn.lake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/// Whether the fields inside structs had the same names in all files of a snapshot, so that they
/// may be read by name.
final class NestedNames {
  private final TableMetadata table;

  NestedNames(TableMetadata table) {
    this.table = table;
  }

  boolean stable(Optional<Snapshot> snapshot, Schema read) {
    List<Schema> schemas = new ArrayList<>(snapshot.map(this::written).orElse(List.of()));
    schemas.add(read);
    Map<Integer, String> names = new HashMap<>();
    Map<String, Integer> ids = new HashMap<>();
    for (Schema schema : schemas) {
      for (NestedField column : schema.columns()) {
        if (!consistent(column, names, ids)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean consistent(
      NestedField parent, Map<Integer, String> names, Map<String, Integer> ids) {
    Type type = parent.type();
    if (!type.isNestedType()) {
      return true;
    }
    for (NestedField field : type.asNestedType().fields()) {
      String place = parent.fieldId() + "." + field.name().toLowerCase(Locale.ROOT);
      String earlierPlace = names.putIfAbsent(field.fieldId(), place);
      Integer earlierId = ids.putIfAbsent(place, field.fieldId());
      boolean same =
          (earlierPlace == null || earlierPlace.equals(place))
              && (earlierId == null || earlierId == field.fieldId())
              && field.initialDefault() == null;
      if (!same || !consistent(field, names, ids)) {
        return false;
      }
    }
    return true;
  }

  /// The schemas that the snapshot's files may have been written with: those since the table was
  /// last replaced, when all of that is Tarn's own work; else all there ever were.
  private List<Schema> written(Snapshot snapshot) {
    List<Schema> found = new ArrayList<>();
    Optional<Snapshot> next = Optional.of(snapshot);
    while (next.isPresent()) {
      Snapshot current = next.get();
      Integer schema = current.schemaId();
      if (schema == null || !Snapshots.summary(current).containsKey(SnapshotStage.RUN)) {
        return table.schemas();
      }
      found.add(table.schemasById().get(schema));
      if (Snapshots.summary(current).containsKey(SnapshotStage.REPLACED)) {
        return found;
      }
      Long parent = current.parentId();
      next = Optional.ofNullable(parent == null ? null : table.snapshot(parent));
      if (parent != null && next.isEmpty()) {
        return table.schemas();
      }
    }
    return found;
  }
}
