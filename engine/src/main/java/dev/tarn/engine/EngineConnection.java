package dev.tarn.engine;

import dev.tarn.lake.WriteTarget;
import dev.tarn.lake.WrittenFile;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Optional;

/// One thread's way to run SQL. Wrong SQL is a `Failure` (FIX_INPUT) whose problem has the line and
/// column within the statement as its location (file name empty) and a suggestion where the engine
/// has one; data that can't be computed (a failed cast, a division) is FIX_DATA; memory, disk and
/// interruption are RETRY; anything else REPORT_BUG.
public interface EngineConnection extends AutoCloseable {

  /// Runs a statement without a result.
  void execute(String sql);

  /// The columns that a query would return, as types that a table can store, without running it.
  Schema describe(String sql);

  /// The columns with the engine's own type names, such as `HUGEINT` or `JSON`.
  List<EngineColumn> describeNative(String sql);

  /// Runs a query and holds at most `limit` rows; `truncated` tells that there were more.
  Rows query(String sql, long limit);

  /// Runs a query and hands its rows over one by one; nothing is held. Rows are never cut off
  /// without an error.
  void stream(String sql, RowSink sink);

  /// Runs a query and makes its rows, held in memory, readable in the whole session under a table's
  /// name, in place of whatever had that name: exactly these columns, cast to their types.
  void hold(String sql, TableName name, Schema schema);

  /// Runs a query and writes its result as durable Parquet files: exactly the target's columns,
  /// cast to their types, with field ids, partitioned, fsynced and checksummed. Values no table can
  /// hold (an infinite date, 24:00, NULL in a required column) are a `Failure` (FIX_DATA) that
  /// names the column. Empty results give no file.
  List<WrittenFile> write(String sql, WriteTarget target);

  /// As [#write], but rows with a mark other than 0 go to files of their own, in one pass over the
  /// query. Empty, and nothing done, when the rows are to be kept in an order, which this can't do.
  ///
  /// @param mark SQL over the target's columns of one row of `this`: a whole number, never NULL
  Optional<SiftedFiles> sift(String sql, WriteTarget target, String mark);

  /// Stops what this connection is doing, from any thread.
  void cancel();

  @Override
  void close();
}
