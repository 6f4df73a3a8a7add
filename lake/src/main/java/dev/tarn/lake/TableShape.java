package dev.tarn.lake;

import dev.tarn.vocabulary.ColumnTags;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;

/// Gives a table the columns, partitions, order and properties that a write declares, before any of
/// its rows are there.
final class TableShape {
  /// The table's full name, in its properties: the folder's name is only like it.
  static final String NAME = "tarn.table";

  private static final String COMMENT = "comment";
  private static final String FORMAT = "format-version";
  private static final Map<String, String> STANDARD =
      Map.of(
          "write.metadata.delete-after-commit.enabled", "true",
          "write.metadata.previous-versions-max", "5",
          "write.parquet.compression-codec", "zstd");

  private final TableName name;
  private final TableSpec spec;
  private final Instant now;

  TableShape(TableName name, TableSpec spec, Instant now) {
    this.name = name;
    this.spec = spec;
    this.now = now;
  }

  /// Exactly the declared columns; a column of the same name and a type that fits keeps its id.
  TableMetadata replaced(Optional<TableMetadata> before, String location) {
    FieldIds ids = new FieldIds(before.map(TableMetadata::lastColumnId).orElse(0));
    var earlier = before.map(table -> table.schema().columns()).orElse(List.of());
    Schema schema = ids.replace(spec.schema(), spec.columnDocs(), earlier);
    return shaped(before, schema, ids.last(), location, true);
  }

  /// The columns there are, and those that are declared.
  TableMetadata widened(Optional<TableMetadata> before, String location) {
    if (before.isEmpty()) {
      return replaced(before, location);
    }
    FieldIds ids = new FieldIds(before.get().lastColumnId());
    Schema schema =
        new SchemaMerge(name, ids).merge(before.get().schema(), spec.schema(), spec.columnDocs());
    return shaped(before, schema, ids.last(), location, false);
  }

  private TableMetadata shaped(
      Optional<TableMetadata> before, Schema schema, int lastId, String location, boolean all) {
    return before
        .map(table ->
            GivenTime.build(
                table, now, base -> builder(Optional.of(base), schema, lastId, location, all)))
        .orElseGet(() -> builder(before, schema, lastId, location, all).build());
  }

  private TableMetadata.Builder builder(
      Optional<TableMetadata> before, Schema schema, int lastId, String location, boolean all) {
    PartitionSpec partitions =
        Layout.spec(
            schema,
            spec.partition(),
            before.map(TableMetadata::specs).orElse(List.of()),
            before.map(TableMetadata::lastAssignedPartitionId).orElse(0));
    TableMetadata.Builder builder =
        builder(before, location)
            .setCurrentSchema(schema, lastId)
            .setDefaultPartitionSpec(partitions)
            .setDefaultSortOrder(Layout.order(schema, spec.sort()))
            .setProperties(changed(before.map(TableMetadata::properties).orElse(Map.of())));
    if (all && !spec.properties().containsKey(COMMENT) && has(before, COMMENT)) {
      builder.removeProperties(Set.of(COMMENT));
    }
    Set<String> untagged = untagged(before);
    return untagged.isEmpty() ? builder : builder.removeProperties(untagged);
  }

  private TableMetadata.Builder builder(Optional<TableMetadata> before, String location) {
    int format = format();
    return before
        .map(table ->
            TableMetadata.buildFrom(table)
                .upgradeFormatVersion(Math.max(format, table.formatVersion())))
        .orElseGet(() -> TableMetadata.buildFromEmpty(format).assignUUID().setLocation(location));
  }

  /// Tags that are declared no more.
  private Set<String> untagged(Optional<TableMetadata> before) {
    return before.map(TableMetadata::properties).orElse(Map.of()).keySet().stream()
        .filter(ColumnTags::isProperty)
        .filter(property -> !spec.properties().containsKey(property))
        .collect(Collectors.toSet());
  }

  private static boolean has(Optional<TableMetadata> before, String property) {
    return before.filter(table -> table.properties().containsKey(property)).isPresent();
  }

  /// A table that stays as it is needs no new version.
  private Map<String, String> changed(Map<String, String> before) {
    Map<String, String> changed = new HashMap<>(properties());
    changed
        .entrySet()
        .removeIf(property -> property.getValue().equals(before.get(property.getKey())));
    return changed;
  }

  private Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>(STANDARD);
    properties.putAll(spec.properties());
    properties.put(NAME, name.toString());
    properties.remove(FORMAT);
    return properties;
  }

  /// Version 2 is read by more programs; version 3 has more types.
  private int format() {
    String wanted = spec.properties().getOrDefault(FORMAT, "2");
    if (!wanted.matches("[23]")) {
      throw Failure.input("format-version of " + name + " can't be " + wanted, "it is 2 or 3");
    }
    boolean newer = spec.schema().columns().stream().anyMatch(column -> newer(column.type()));
    return newer ? 3 : Integer.parseInt(wanted);
  }

  private static boolean newer(Type type) {
    return switch (type) {
      case Type.Primitive primitive ->
          primitive == Type.Primitive.TIMESTAMP_NS
              || primitive == Type.Primitive.TIMESTAMPTZ_NS
              || primitive == Type.Primitive.VARIANT;
      case Type.Decimal _ -> false;
      case Type.Struct(var fields) -> fields.stream().anyMatch(field -> newer(field.type()));
      case Type.ListOf(Type element) -> newer(element);
      case Type.MapOf(Type key, Type value) -> newer(key) || newer(value);
    };
  }
}
