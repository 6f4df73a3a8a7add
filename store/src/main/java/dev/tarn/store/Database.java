package dev.tarn.store;

import dev.tarn.vocabulary.Failure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// What SQLite and PostgreSQL do in different ways.
interface Database {
  MetadataLocation location();

  Migration.Dialect dialect();

  /// The connection that writes; a Failure where nothing can be written.
  Connection writer() throws SQLException;

  /// A connection that reads only, and sees one picture within a transaction.
  Connection reader() throws SQLException;

  void begin(Connection writer) throws SQLException;

  void beginReading(Connection reader) throws SQLException;

  void commit(Connection writer) throws SQLException;

  /// Called when a writer's connection broke: what it began either is committed or never will be
  /// from now on.
  void endLostWriter();

  void rollBack(Connection connection) throws SQLException;

  /// False when what was read since the reader was opened may be no single picture.
  boolean readerHeldStill();

  /// How many tables of the name `tarn_version` there are.
  String findVersionTable();

  /// Called when there is no version: throws when the tables that are there are another program's.
  void refuseStrangers(Sql sql);

  /// The first statements of the transaction that migrates: keeps others out, who may migrate at
  /// the same time.
  void beginMigration(Sql sql);

  /// Called after the database was made: that it exists is durable from now on.
  void settle();

  Trouble judge(SQLException e);

  /// Whether the error means that a disk did not keep what was written to it.
  boolean diskFailed(SQLException e);

  /// True when the database itself said that it did not commit.
  boolean refusedCommit(SQLException e);

  Failure failure(SQLException e);

  /// What the database says of its own pages, in its words; empty when all is well.
  List<String> damages(Sql sql);

  /// Called when nothing will ever run on a lane again.
  void removeLane(String lane);

  /// @param lane what is run on: main is the empty text; those of other lanes do not wait
  RunLock lockRuns(String lane, Holder holder, Duration wait, Consumer<String> whileWaiting);

  /// What may be done about an error.
  enum Trouble {
    /// Others were in the way: the whole transaction again.
    CONFLICT,
    /// The connection is gone: the whole transaction again, over a new one.
    LOST,
    FATAL
  }
}
