package dev.tarn.lake;

import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.metrics.LoggingMetricsReporter;
import org.apache.iceberg.types.Types.NestedField;

/// Applies changes of columns, meant by id, one after the other, and reports all that can't be
/// done.
final class SchemaEvolution {
  private static final String NAME_MAPPING = "schema.name-mapping.default";

  private final TableName name;
  private final LakeFiles files;
  private final TableMetadata before;

  /// The table without its history, to try the changes on.
  private TableMetadata table;

  SchemaEvolution(TableName name, TableMetadata before, LakeFiles files) {
    this.name = name;
    this.before = before;
    this.table = withoutHistory(before);
    this.files = files;
  }

  private static TableMetadata withoutHistory(TableMetadata table) {
    return TableMetadata.buildFromEmpty(table.formatVersion())
        .assignUUID()
        .setLocation(table.location())
        .setCurrentSchema(table.schema(), table.lastColumnId())
        .setDefaultPartitionSpec(table.spec())
        .setDefaultSortOrder(table.sortOrder())
        .setProperties(table.properties())
        .build();
  }

  /// The same table with the columns that the changes leave, ready to be built.
  TableMetadata.Builder apply(List<SchemaChange> changes) {
    List<Problem> problems = new ArrayList<>();
    for (SchemaChange change : changes) {
      try {
        one(change);
      } catch (Failure failure) {
        problems.addAll(failure.problems());
      } catch (RuntimeException e) {
        problems.add(Problem.of(name + ": " + e.getMessage(), ""));
      }
    }
    if (!problems.isEmpty()) {
      throw new Failure(Remedy.FIX_INPUT, problems);
    }
    TableMetadata.Builder builder =
        TableMetadata.buildFrom(before).setCurrentSchema(table.schema(), table.lastColumnId());
    // Iceberg notes the new names in the mapping for files without ids, where there is one.
    String names = table.properties().get(NAME_MAPPING);
    return names == null ? builder : builder.setProperties(Map.of(NAME_MAPPING, names));
  }

  private void one(SchemaChange change) {
    BranchOperations operations = new BranchOperations(table, files, "evolve");
    UpdateSchema update =
        new BaseTable(operations, name.toString(), LoggingMetricsReporter.instance())
            .updateSchema();
    switch (change) {
      case SchemaChange.Add(Optional<Integer> parent, String column, var type) ->
          add(update, parent, column, type);
      case SchemaChange.Drop(int id) -> update.deleteColumn(path(id));
      case SchemaChange.Rename(int id, String to) -> {
        refuseTaken(parentOf(id), to, id);
        update.renameColumn(path(id), to);
      }
      case SchemaChange.Widen(int id, var type) -> {
        var wanted =
            new FieldIds(0).field(new Column("widened", type, false), Optional.empty()).type();
        if (!wanted.isPrimitiveType() || !FieldIds.fits(field(id).type(), wanted)) {
          throw Failure.input(
              "column '"
                  + path(id)
                  + "' of "
                  + name
                  + " is "
                  + TypeMapping.type(field(id).type()).sql()
                  + " and can't become "
                  + type.sql(),
              "integers widen to bigint, float to double, decimals to more digits of the same scale");
        }
        update.updateColumn(path(id), wanted.asPrimitiveType());
      }
      case SchemaChange.Reorder(int id, Optional<Integer> after) ->
          after.ifPresentOrElse(
              column -> update.moveAfter(path(id), path(column)), () -> update.moveFirst(path(id)));
      case SchemaChange.MakeOptional(int id) -> update.makeColumnOptional(path(id));
    }
    update.commit();
    table = operations.current();
  }

  private void add(
      UpdateSchema update, Optional<Integer> parent, String column, dev.tarn.vocabulary.Type type) {
    refuseTaken(parent, column, 0);
    var added = new FieldIds(0).field(new Column(column, type, false), Optional.empty()).type();
    parent.ifPresentOrElse(
        id -> update.addColumn(path(id), column, added),
        () -> update.addColumn(null, column, added));
  }

  /// The engine does not tell `A` from `a`.
  private void refuseTaken(Optional<Integer> parent, String column, int except) {
    List<NestedField> siblings =
        parent
            .map(id -> field(id).type().asNestedType().fields())
            .orElseGet(() -> table.schema().columns());
    FieldIds.named(siblings, column)
        .filter(field -> field.fieldId() != except)
        .ifPresent(field -> {
          throw Failure.input(
              name + " has a column '" + field.name() + "' already", "choose another name");
        });
  }

  private Optional<Integer> parentOf(int id) {
    return Optional.ofNullable(
        org.apache.iceberg.types.TypeUtil.indexParents(table.schema().asStruct()).get(id));
  }

  private NestedField field(int id) {
    NestedField field = table.schema().findField(id);
    if (field == null) {
      throw Failure.input(
          name + " has no column with the id " + id, "it may have been dropped meanwhile");
    }
    return field;
  }

  private String path(int id) {
    field(id);
    return table.schema().findColumnName(id);
  }
}
