package dev.tarn.app.ask;

import dev.tarn.app.run.Opened;
import dev.tarn.lake.DataFileInfo;
import dev.tarn.lake.LakeTable;
import dev.tarn.lake.LakeView;
import dev.tarn.lake.SnapshotInfo;
import dev.tarn.store.TableState;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.ColumnTags;
import dev.tarn.vocabulary.LineageEdge;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `system.tables`, `system.columns`, `system.snapshots`, `system.files` and `system.lineage`.
final class LakeTables {
  static final SystemTable TABLES =
      SystemTable.of(
          "tables",
          LakeTables::tables,
          "table VARCHAR",
          "layer VARCHAR",
          "name VARCHAR",
          "kind VARCHAR",
          "rows BIGINT",
          "bytes BIGINT",
          "files BIGINT",
          "snapshot BIGINT",
          "changed_at TIMESTAMPTZ",
          "run VARCHAR",
          "description VARCHAR",
          "metadata_location VARCHAR");

  static final SystemTable COLUMNS =
      SystemTable.of(
          "columns",
          LakeTables::columns,
          "table VARCHAR",
          "position INTEGER",
          "column VARCHAR",
          "type VARCHAR",
          "required BOOLEAN",
          "description VARCHAR",
          "tags VARCHAR[]");

  static final SystemTable SNAPSHOTS =
      SystemTable.of(
          "snapshots",
          LakeTables::snapshots,
          "table VARCHAR",
          "snapshot BIGINT",
          "parent BIGINT",
          "committed_at TIMESTAMPTZ",
          "operation VARCHAR",
          "rows_added BIGINT",
          "rows_deleted BIGINT",
          "rows BIGINT",
          "run VARCHAR",
          "tags VARCHAR[]",
          "current BOOLEAN");

  static final SystemTable FILES =
      SystemTable.of(
          "files",
          LakeTables::files,
          "table VARCHAR",
          "path VARCHAR",
          "partition VARCHAR",
          "rows BIGINT",
          "bytes BIGINT",
          "crc32c VARCHAR");

  static final SystemTable LINEAGE =
      SystemTable.of(
          "lineage",
          LakeTables::lineage,
          "table VARCHAR",
          "column VARCHAR",
          "from_table VARCHAR",
          "from_column VARCHAR",
          "kind VARCHAR");

  private LakeTables() {}

  private static List<LakeTable> all(Opened opened) {
    return opened.lake().tables().stream()
        .flatMap(name -> opened.lake().find(name).stream())
        .toList();
  }

  private static List<List<@Nullable Object>> tables(Opened opened) {
    Map<TableName, TableState> states =
        opened.store().read(transaction -> transaction.states().all()).stream()
            .collect(Collectors.toMap(TableState::table, state -> state));
    List<List<@Nullable Object>> rows = new ArrayList<>();
    all(opened).forEach(table -> rows.add(table(table)));
    for (TableName name : opened.lake().views()) {
      opened
          .lake()
          .view(name)
          .ifPresent(view -> rows.add(view(view, Optional.ofNullable(states.get(name)))));
    }
    return rows;
  }

  private static List<@Nullable Object> table(LakeTable table) {
    Optional<SnapshotInfo> newest =
        table.history().stream().filter(SnapshotInfo::current).findFirst();
    TableName name = table.name();
    return SystemTable.row(
        name.toString(),
        name.layer(),
        name.name(),
        "table",
        table.rows(),
        table.bytes(),
        (long) table.files().size(),
        SystemTable.orNull(table.snapshotId()),
        SystemTable.orNull(newest.map(SnapshotInfo::at)),
        SystemTable.orNull(newest.flatMap(SnapshotInfo::run).map(Object::toString)),
        table.description(),
        table.metadataLocation());
  }

  private static List<@Nullable Object> view(LakeView view, Optional<TableState> state) {
    TableName name = view.name();
    return SystemTable.row(
        name.toString(),
        name.layer(),
        name.name(),
        "view",
        null,
        null,
        null,
        null,
        SystemTable.orNull(state.map(TableState::at)),
        SystemTable.orNull(state.map(one -> one.run().toString())),
        state.map(TableState::description).orElse(""),
        view.metadataLocation());
  }

  private static List<List<@Nullable Object>> columns(Opened opened) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (LakeTable table : all(opened)) {
      Map<String, String> docs = table.columnDocs();
      int position = 0;
      for (Column column : table.schema().columns()) {
        rows.add(
            SystemTable.row(
                table.name().toString(),
                ++position,
                column.name(),
                column.type().sql(),
                column.required(),
                docs.getOrDefault(column.name(), ""),
                ColumnTags.of(column.name(), table.properties())));
      }
    }
    return rows;
  }

  private static List<List<@Nullable Object>> snapshots(Opened opened) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    all(opened)
        .forEach(table ->
            table.history().forEach(snapshot -> rows.add(snapshot(table.name(), snapshot))));
    return rows;
  }

  private static List<@Nullable Object> snapshot(TableName table, SnapshotInfo snapshot) {
    return SystemTable.row(
        table.toString(),
        snapshot.id(),
        SystemTable.orNull(snapshot.parent()),
        snapshot.at(),
        snapshot.operation(),
        snapshot.rowsAdded(),
        snapshot.rowsDeleted(),
        snapshot.rows(),
        SystemTable.orNull(snapshot.run().map(Object::toString)),
        snapshot.tags(),
        snapshot.current());
  }

  private static List<List<@Nullable Object>> files(Opened opened) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    all(opened).forEach(table -> table.files().forEach(file -> rows.add(file(table.name(), file))));
    return rows;
  }

  private static List<@Nullable Object> file(TableName table, DataFileInfo file) {
    return SystemTable.row(
        table.toString(),
        file.path().toString(),
        file.partition(),
        file.rows(),
        file.bytes(),
        SystemTable.orNull(file.crc32c().map(sum -> String.format("%08x", sum))));
  }

  private static List<List<@Nullable Object>> lineage(Opened opened) {
    return opened.store().read(transaction -> transaction.lineage().all()).stream()
        .map(LakeTables::edge)
        .toList();
  }

  private static List<@Nullable Object> edge(LineageEdge edge) {
    return SystemTable.row(
        edge.table().toString(),
        edge.column(),
        edge.fromTable().toString(),
        edge.fromColumn(),
        edge.kind());
  }
}
