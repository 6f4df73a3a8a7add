package dev.tarn.store;

import dev.tarn.vocabulary.RunId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// The right to run, as an advisory lock of a connection of its own; the server lets go of it when
/// that ends.
///
/// Lakes that share a database but not a schema do not keep each other out.
final class PostgresLock implements RunLock {
  private static final int CLASS = 0x7461726e;

  /// Two lanes of one number would wait for each other, and nothing worse.
  private static final String OBJECT =
      "(hashtext(current_schema() || ?::text)::bigint & 2147483647)::int";

  private static final int NAME_LIMIT = 63;
  private static final int ANSWER_SECONDS = 5;

  private final PostgresDatabase database;
  private final String lane;
  private final Holder holder;
  private Optional<Connection> connection = Optional.empty();
  private boolean taken;

  PostgresLock(PostgresDatabase database, String lane, Holder holder) {
    this.database = database;
    this.lane = lane;
    this.holder = holder;
  }

  Optional<RunLock> tryLock() {
    taken =
        sql()
            .first(
                row -> row.text(1),
                "SELECT pg_try_advisory_lock(?, " + OBJECT + ")::text",
                CLASS,
                lane)
            .filter("true"::equals)
            .isPresent();
    if (taken) {
      tell(holder);
    }
    return taken ? Optional.of(this) : Optional.empty();
  }

  /// Whoever has it: they tell it as the name of their connection.
  String holder() {
    return sql()
        .first(
            row -> row.text(1),
            """
            SELECT coalesce(nullif(a.application_name, ''), 'another process')
              || coalesce(', from ' || host(a.client_addr), '')
            FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND l.classid::bigint = ? AND l.objid::bigint = %s\
            """
                .formatted(OBJECT),
            CLASS,
            lane)
        .orElse("another process");
  }

  void letGoUnlessHeld() {
    if (!taken) {
      close();
    }
  }

  @Override
  public void holdFor(RunId run) {
    tell(holder.holdingFor(run));
  }

  private void tell(Holder now) {
    String run = now.run().map(id -> "tarn run " + id).orElse("tarn run");
    String name = run + " process " + now.pid();
    sql()
        .list(
            row -> row.text(1),
            "SELECT set_config('application_name', ?, false)",
            name.substring(0, Math.min(NAME_LIMIT, name.length())));
  }

  @Override
  public boolean held() {
    try {
      return connection.isPresent() && connection.get().isValid(ANSWER_SECONDS);
    } catch (SQLException _) {
      return false;
    }
  }

  private Sql sql() {
    try {
      if (connection.isEmpty()) {
        connection = Optional.of(database.connect());
      }
      return new Sql(connection.get());
    } catch (SQLException e) {
      throw new SqlProblem(e);
    }
  }

  @Override
  public void close() {
    connection.ifPresent(Slot::closeQuietly);
    connection = Optional.empty();
  }
}
