package dev.tarn.app.run;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.lake.Scan;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A session that is opened when first used: a run with nothing to do never starts an engine.
public final class LazySession implements EngineSession {
  private final Supplier<EngineSession> open;
  private final Set<EngineConnection> connections = ConcurrentHashMap.newKeySet();
  private final Set<LazySession> sessionsBeside = ConcurrentHashMap.newKeySet();
  private Optional<EngineSession> session = Optional.empty();
  private int atOnce = 1;

  public LazySession(Supplier<EngineSession> open) {
    this.open = open;
  }

  private synchronized EngineSession session() {
    if (session.isEmpty()) {
      EngineSession opened = open.get();
      opened.crowd(atOnce);
      session = Optional.of(opened);
    }
    return session.get();
  }

  @Override
  public void expose(Scan scan) {
    session().expose(scan);
  }

  @Override
  public void expose(TableName name, Scan scan) {
    session().expose(name, scan);
  }

  @Override
  public void exposeNumbered(TableName name, Scan scan, String rowColumn) {
    session().exposeNumbered(name, scan, rowColumn);
  }

  @Override
  public void exposeListed(TableName name, Scan scan, String rowColumn) {
    session().exposeListed(name, scan, rowColumn);
  }

  @Override
  public void exposeEmpty(TableName name, Schema schema) {
    session().exposeEmpty(name, schema);
  }

  @Override
  public void exposeView(TableName name, String sql) {
    session().exposeView(name, sql);
  }

  @Override
  public void exposeRows(TableName name, Schema schema, List<List<@Nullable Object>> rows) {
    session().exposeRows(name, schema, rows);
  }

  @Override
  public void fixClock(Instant now) {
    session().fixClock(now);
  }

  @Override
  public EngineConnection connect() {
    EngineConnection connection = session().connect();
    connections.add(connection);
    return connection;
  }

  @Override
  public synchronized void crowd(int steps) {
    atOnce = steps;
    session.ifPresent(opened -> opened.crowd(steps));
  }

  @Override
  public LazySession beside() {
    LazySession beside = new LazySession(() -> session().beside());
    sessionsBeside.add(beside);
    return beside;
  }

  /// Stops whatever any connection is doing, here and beside.
  public void cancel() {
    connections.forEach(EngineConnection::cancel);
    sessionsBeside.forEach(LazySession::cancel);
  }

  @Override
  public synchronized void close() {
    session.ifPresent(EngineSession::close);
  }
}
