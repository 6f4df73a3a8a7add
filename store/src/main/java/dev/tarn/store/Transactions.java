package dev.tarn.store;

import dev.tarn.store.Database.Trouble;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// Does work in transactions: the whole work again when others were in its way, a bounded number of
/// times.
final class Transactions {
  private final Database database;
  private final StoreSettings settings;
  private final RandomGenerator random;
  private final CommitSeam seam;
  private final Slot writer;
  private final Slot reader;

  Transactions(Database database, StoreSettings settings, RandomGenerator random, CommitSeam seam) {
    this.database = database;
    this.settings = settings;
    this.random = random;
    this.seam = seam;
    this.writer = new Slot(database::writer);
    this.reader = new Slot(database::reader);
  }

  <T> T write(Function<Sql, T> work) {
    return repeat(writer, () -> writeOnce(work, seam));
  }

  /// Defines tables. Not through the seam, which is about what is in them.
  <T> T define(Function<Sql, T> work) {
    return repeat(writer, () -> writeOnce(work, CommitSeam.NONE));
  }

  <T> T read(Function<Sql, T> work) {
    return repeat(reader, () -> readOnce(work));
  }

  void close() {
    reader.close();
    writer.close();
  }

  private interface Attempt<T> {
    T make() throws SQLException;
  }

  private <T> T repeat(Slot slot, Attempt<T> attempt) {
    slot.enter();
    try {
      for (int made = 1; ; made++) {
        try {
          return attempt.make();
        } catch (SqlProblem e) {
          afterwards(slot, made, e.sql());
        } catch (SQLException e) {
          afterwards(slot, made, e);
        }
      }
    } finally {
      slot.leave();
    }
  }

  private void afterwards(Slot slot, int made, SQLException e) {
    Trouble trouble = database.judge(e);
    if (trouble != Trouble.CONFLICT) {
      slot.discard();
    }
    if (trouble == Trouble.FATAL || made >= settings.attempts()) {
      throw database.failure(e);
    }
    Pause.of(jitter(settings.pause().multipliedBy(1L << Math.min(made - 1, 10))));
  }

  /// Between half and all of it, so that those who collided once do not collide again.
  private Duration jitter(Duration pause) {
    return Duration.ofNanos((long) (pause.toNanos() * (0.5 + random.nextDouble() / 2)));
  }

  private <T> T writeOnce(Function<Sql, T> work, CommitSeam at) throws SQLException {
    Connection connection = writer.connection();
    database.begin(connection);
    T result = within(connection, writer, work);
    commit(connection, at);
    return result;
  }

  private void commit(Connection connection, CommitSeam at) {
    try {
      at.before();
      database.commit(connection);
      at.after();
    } catch (SQLException e) {
      writer.discard();
      if (database.refusedCommit(e)) {
        throw new SqlProblem(e);
      }
      throw unknown(e);
    } catch (RuntimeException e) {
      writer.discard();
      throw unknown(e);
    }
  }

  private CommitOutcomeUnknown unknown(Exception e) {
    database.endLostWriter();
    boolean diskFailed = e instanceof SQLException sql && database.diskFailed(sql);
    return new CommitOutcomeUnknown(database.location().toString(), e, diskFailed);
  }

  private <T> T readOnce(Function<Sql, T> work) throws SQLException {
    Connection connection = reader.connection();
    database.beginReading(connection);
    T result = within(connection, reader, work);
    database.rollBack(connection);
    if (!database.readerHeldStill()) {
      reader.discard();
      return readOnce(work);
    }
    return result;
  }

  private <T> T within(Connection connection, Slot slot, Function<Sql, T> work) {
    Sql sql = new Sql(connection);
    boolean done = false;
    try {
      T result = work.apply(sql);
      sql.end();
      done = true;
      return result;
    } finally {
      if (!done) {
        sql.abandon();
        rollBack(connection, slot);
      }
    }
  }

  /// A connection that cannot even roll back is of no use.
  private void rollBack(Connection connection, Slot slot) {
    try {
      database.rollBack(connection);
    } catch (SQLException _) {
      slot.discard();
    }
  }
}
