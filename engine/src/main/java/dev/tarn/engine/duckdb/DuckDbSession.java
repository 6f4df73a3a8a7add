package dev.tarn.engine.duckdb;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.engine.EngineSettings;
import dev.tarn.lake.Scan;
import dev.tarn.vocabulary.ByteSize;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// One DuckDB in memory, opened when it is first needed.
final class DuckDbSession implements EngineSession {
  private static final int SHARE_BESIDE = 4;

  private final EngineSettings settings;
  private final EngineThreads threads;
  private final VerifiedFiles verified;
  private final Path temporary;
  private final Tables tables;
  private final Crowding crowding;
  private final Set<SqlWords> shared = ConcurrentHashMap.newKeySet();
  private @Nullable DuckDBConnection root;
  private volatile String broken = "";
  private ByteSize memory;
  private Runnable atEnd = () -> {};
  private boolean closed;

  DuckDbSession(EngineSettings settings, EngineThreads threads, VerifiedFiles verified) {
    this.settings = settings;
    this.memory = settings.memory();
    this.threads = threads;
    this.verified = verified;
    this.temporary = settings.temporary().resolve("engine-" + UUID.randomUUID()).toAbsolutePath();
    this.tables = new Tables(verified);
    this.crowding = new Crowding(settings.threads());
  }

  @Override
  public void expose(Scan scan) {
    expose(scan.table(), scan);
  }

  @Override
  public void expose(TableName name, Scan scan) {
    tables.put(name, new Relation.Snapshot(scan));
  }

  @Override
  public void exposeNumbered(TableName name, Scan scan, String rowColumn) {
    tables.put(name, new Relation.Numbered(scan, rowColumn));
  }

  @Override
  public void exposeListed(TableName name, Scan scan, String rowColumn) {
    tables.put(name, new Relation.Listed(scan, rowColumn));
  }

  @Override
  public void exposeEmpty(TableName name, Schema schema) {
    tables.put(name, new Relation.Empty(schema));
  }

  @Override
  public void exposeView(TableName name, String sql) {
    tables.put(name, new Relation.View(sql));
  }

  @Override
  public void exposeRows(TableName name, Schema schema, List<List<@Nullable Object>> rows) {
    tables.put(name, new Relation.Rows(schema, List.copyOf(rows)));
  }

  @Override
  public void fixClock(Instant now) {
    threads.run(
        () -> {
          try (Connection own = root().duplicate();
              Statement statement = own.createStatement()) {
            for (String macro : FixedClock.macros(now)) {
              statement.execute(macro);
            }
          }
          return true;
        },
        () -> {});
  }

  void held(TableName name, String table) {
    tables.put(name, new Relation.Held(table));
  }

  @Override
  public EngineConnection connect() {
    return threads.run(() -> new DuckDbConnection(this, threads, duplicate()), () -> {});
  }

  /// With several statements at a time DuckDB wastes a processor on waiting: the thread that asks
  /// turns round and round while a thread of the pool does its work. With one thread there is no
  /// pool.
  @Override
  public EngineSession beside() {
    ByteSize share = new ByteSize(settings.memory().bytes() / SHARE_BESIDE);
    DuckDbSession beside = new DuckDbSession(settings.with(share, 1), threads, verified);
    beside.atEnd = () -> limit(settings.memory());
    limit(new ByteSize(settings.memory().bytes() - share.bytes()));
    return beside;
  }

  @Override
  public void crowd(int atOnce) {
    crowding.want(atOnce >= settings.threads() ? 1 : settings.threads());
  }

  private synchronized void limit(ByteSize most) {
    memory = most;
    if (root != null) {
      // A connection of its own: a second statement on one that is at work ends the first unseen.
      try (Connection own = root.duplicate();
          Statement statement = own.createStatement()) {
        statement.execute("SET GLOBAL memory_limit = '" + most.bytes() + "B'");
      } catch (SQLException _) {
        // More is in use at this moment. It stays as it is.
      }
    }
  }

  VerifiedFiles verified() {
    return verified;
  }

  int threadCount() {
    return settings.threads();
  }

  Collection<String> tableNames() {
    return tables.names();
  }

  List<Integer> ambiguous(SqlWords words) {
    return tables.ambiguous(words);
  }

  /// Makes ready what a statement may name; what earlier statements made may name further tables.
  Map<TableName, SQLException> prepare(List<SqlWords> words) throws SQLException {
    if (!broken.isEmpty()) {
      throw EngineErrors.dead(broken);
    }
    List<SqlWords> all = new ArrayList<>(words);
    all.addAll(shared);
    return tables.prepare(all, root());
  }

  void share(SqlWords words) {
    shared.add(words);
  }

  void broke(String why) {
    broken = why;
  }

  private DuckDBConnection duplicate() {
    try {
      return root().duplicate();
    } catch (SQLException e) {
      throw EngineErrors.failure(ErrorReport.of(e), SqlText.plain(""), List.of(), e);
    }
  }

  private synchronized DuckDBConnection root() throws SQLException {
    if (closed) {
      throw Failure.bug("a session was used after it was closed", new IllegalStateException());
    }
    DuckDBConnection open = root;
    if (open == null) {
      open = Instance.open(settings.with(memory, crowding.wanted()), temporary);
      root = open;
      crowding.joined(open);
    }
    return open;
  }

  @Override
  public void close() {
    Optional<DuckDBConnection> open = ended();
    if (open.isEmpty()) {
      atEnd.run();
      return;
    }
    threads.run(
        () -> {
          open.get().close();
          return true;
        },
        () -> {});
    Folders.delete(temporary);
    atEnd.run();
  }

  private synchronized Optional<DuckDBConnection> ended() {
    closed = true;
    crowding.left();
    Optional<DuckDBConnection> open = Optional.ofNullable(root);
    root = null;
    return open;
  }
}
