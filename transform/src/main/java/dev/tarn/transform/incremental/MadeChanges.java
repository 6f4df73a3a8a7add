package dev.tarn.transform.incremental;

import dev.tarn.engine.EngineConnection;
import dev.tarn.lake.LakeTable;
import dev.tarn.sql.change.Kept;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The rows that the refreshes of one run took out of tables and put in, held in its session's
/// memory: the tables that are made of these need not find them in files again.
public final class MadeChanges {
  private static final long FEW = 100_000;

  private final Map<TableName, Made> made = new ConcurrentHashMap<>();

  /// What tells one version from another, as multisets of rows.
  record Made(long before, long after, Kept gone, Kept come) {}

  /// Holds the rows, unless they are many.
  ///
  /// @param before the table as it was
  /// @param after the table with the change
  void hold(
      EngineConnection connection, LakeTable before, LakeTable after, TargetRows.Changed changed) {
    Optional<Long> was = before.snapshotId();
    Optional<Long> is = after.snapshotId();
    if (was.isPresent() && is.isPresent() && changed.gone().rows() + changed.come().rows() <= FEW) {
      Schema schema = after.schema();
      Kept gone = hold(connection, changed.gone(), name("went", after), schema);
      Kept come = hold(connection, changed.come(), name("came", after), schema);
      made.put(after.name(), new Made(was.get(), is.get(), gone, come));
    }
  }

  private static TableName name(String what, LakeTable table) {
    return new TableName("tarn_" + what, table.name().layer() + "__" + table.name().name());
  }

  private static Kept hold(EngineConnection connection, Kept rows, TableName name, Schema schema) {
    connection.hold("SELECT * FROM " + rows.sql(), name, schema);
    List<String> columns = schema.columns().stream().map(Column::name).toList();
    return new Kept(List.of(name.layer(), name.name()), columns, rows.rows());
  }

  /// The change that leads from one version of a table to another, if it is held.
  Optional<Made> between(TableName table, long before, long after) {
    return Optional.ofNullable(made.get(table))
        .filter(change -> change.before() == before && change.after() == after);
  }
}
