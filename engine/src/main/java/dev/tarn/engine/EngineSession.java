package dev.tarn.engine;

import dev.tarn.lake.Scan;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A name space of tables that SQL can name as `layer.name`. Safe to use from several threads; what
/// is exposed is seen by all connections, anew on their next statement.
public interface EngineSession extends AutoCloseable {

  /// Makes a snapshot readable under its table's name, in place of whatever had that name. Files
  /// with a recorded checksum are verified before their first read in this process; a damaged one
  /// is a `Failure` (FIX_DATA) that names it.
  void expose(Scan scan);

  /// As [#expose(Scan)], under another name.
  void expose(TableName name, Scan scan);

  /// Makes a snapshot readable under another name with one more column at its end: a number that
  /// tells its rows apart, the same in every statement. It is the place of the row's file among the
  /// scan's files, times 2^40, and the row's place in its file, deleted rows counted.
  void exposeNumbered(TableName name, Scan scan, String rowColumn);

  /// Makes the numbers readable, as of [#exposeNumbered], of the rows that the lists of a scan
  /// name: those that are left out, and of files that chosen rows are read of, these.
  void exposeListed(TableName name, Scan scan, String rowColumn);

  /// Makes an empty table of these columns, for binding only.
  void exposeEmpty(TableName name, Schema schema);

  /// Makes a view over tables that are or will be exposed.
  void exposeView(TableName name, String sql);

  /// Makes rows readable that are held in memory, such as `system.runs`.
  void exposeRows(TableName name, Schema schema, List<List<@Nullable Object>> rows);

  /// Fixes the time that SQL asks for, `now()` and `current_date` among it, from now on and for all
  /// connections.
  void fixClock(Instant now);

  /// A connection of one's own, for one thread at a time. Temporary objects made on it are seen by
  /// it alone.
  EngineConnection connect();

  /// Says how many pieces of work go on at once from now on, here and elsewhere, so that threads
  /// don't get in each other's way: with as many as there are threads each statement runs on one.
  void crowd(int atOnce);

  /// A second session, for statements that come many at a time: each runs on one thread, and all
  /// together may take a quarter of the memory, which this session goes without until the second
  /// one is closed.
  EngineSession beside();

  @Override
  void close();
}
