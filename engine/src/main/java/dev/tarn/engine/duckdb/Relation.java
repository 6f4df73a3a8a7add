package dev.tarn.engine.duckdb;

import dev.tarn.lake.Scan;
import dev.tarn.vocabulary.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a table's name stands for in a session.
sealed interface Relation {

  /// A snapshot in the lake.
  record Snapshot(Scan scan) implements Relation {}

  /// A snapshot in the lake with a column more that tells its rows apart.
  record Numbered(Scan scan, String rowColumn) implements Relation {}

  /// The numbers of the rows that a scan's lists name.
  record Listed(Scan scan, String rowColumn) implements Relation {}

  /// Columns without rows.
  record Empty(Schema schema) implements Relation {}

  /// A query over other tables.
  record View(String sql) implements Relation {}

  /// Rows held in memory, put into the instance when they are first asked for.
  record Rows(Schema schema, List<List<@Nullable Object>> rows) implements Relation {}

  /// Rows held in a table of the instance.
  record Held(String table) implements Relation {}
}
