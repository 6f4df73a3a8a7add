package dev.tarn.app.ask;

import dev.tarn.app.run.Opened;
import dev.tarn.engine.EngineSession;
import dev.tarn.vocabulary.Layer;
import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Optional;

/// Tarn's own tables, queryable like all others: what ran, what was checked, what was consumed,
/// what changed, what comes from what.
public final class SystemTables {
  private static final List<SystemTable> ALL =
      List.of(
          RunTables.RUNS,
          RunTables.STEPS,
          RunTables.CHECKS,
          SourceTables.SOURCES,
          SourceTables.DRIFT,
          LakeTables.LINEAGE,
          LakeTables.TABLES,
          LakeTables.COLUMNS,
          LakeTables.SNAPSHOTS,
          LakeTables.FILES,
          BranchTables.BRANCHES);

  private SystemTables() {}

  /// Their names.
  public static List<TableName> names() {
    return ALL.stream().map(SystemTables::name).toList();
  }

  /// Makes a system table readable; false when there is none of that name.
  static boolean expose(TableName table, Opened opened, EngineSession session) {
    Optional<SystemTable> found = ALL.stream().filter(one -> name(one).equals(table)).findFirst();
    found.ifPresent(one -> session.exposeRows(table, one.schema(), one.rows().of(opened)));
    return found.isPresent();
  }

  private static TableName name(SystemTable table) {
    return new TableName(Layer.SYSTEM, table.name());
  }
}
