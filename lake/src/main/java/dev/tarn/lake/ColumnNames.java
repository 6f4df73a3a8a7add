package dev.tarn.lake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/// Whether columns, and the fields inside structs, were the same ones by the same names in all
/// files of a snapshot, so that they may be read by name. A field that was added later counts as a
/// change: the engine (DuckDB 2.0.0) ends with an internal error when such a field is read alone by
/// name over files of which only some have it.
final class ColumnNames {
  private final TableMetadata table;

  ColumnNames(TableMetadata table) {
    this.table = table;
  }

  Matching matching(Optional<Snapshot> snapshot, Schema read) {
    List<Schema> schemas = new ArrayList<>(snapshot.map(this::written).orElse(List.of()));
    schemas.add(read);
    if (!nestedStable(schemas)) {
      return Matching.NESTED_IDS;
    }
    return schemas.stream().allMatch(schema -> holds(schema, read)) ? Matching.NAMES : Matching.IDS;
  }

  private static boolean holds(Schema schema, Schema read) {
    return read.columns().stream()
        .allMatch(column -> {
          NestedField there = schema.asStruct().field(column.fieldId());
          return there != null
              && there.name().equals(column.name())
              && there.type().equals(column.type());
        });
  }

  private static boolean nestedStable(List<Schema> schemas) {
    Map<Integer, String> names = new HashMap<>();
    Map<String, Integer> ids = new HashMap<>();
    Map<Integer, Set<Integer>> inside = new HashMap<>();
    for (Schema schema : schemas) {
      for (NestedField column : schema.columns()) {
        if (!consistent(column, names, ids) || !sameInside(column, inside)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean sameInside(NestedField parent, Map<Integer, Set<Integer>> inside) {
    Type type = parent.type();
    if (!type.isNestedType()) {
      return true;
    }
    List<NestedField> fields = type.asNestedType().fields();
    Set<Integer> now = fields.stream().map(NestedField::fieldId).collect(Collectors.toSet());
    Set<Integer> earlier = inside.putIfAbsent(parent.fieldId(), now);
    return (earlier == null || earlier.equals(now))
        && fields.stream().allMatch(field -> sameInside(field, inside));
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
