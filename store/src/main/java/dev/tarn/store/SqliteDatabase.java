package dev.tarn.store;

import dev.tarn.vocabulary.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteException;
import org.sqlite.jdbc4.JDBC4Connection;

/// A SQLite file with a write-ahead log; a commit is on disk when it returns.
final class SqliteDatabase implements Database {
  private final MetadataLocation.SqliteFile location;
  private final StoreSettings settings;
  private final SqliteFailures failures;
  private final boolean writable;
  private Optional<UnchangingFile> unlocked = Optional.empty();

  SqliteDatabase(MetadataLocation.SqliteFile location, StoreSettings settings) {
    this.location = location;
    this.settings = settings;
    this.failures = new SqliteFailures(location);
    boolean absent = !Files.exists(location.file());
    if (absent) {
      makeFolder();
    }
    this.writable =
        absent || Files.isWritable(location.file()) && Files.isWritable(location.folder());
  }

  private void makeFolder() {
    try {
      DurableFolder.make(location.folder());
    } catch (IOException e) {
      throw failures.folder(e);
    }
  }

  @Override
  public MetadataLocation location() {
    return location;
  }

  @Override
  public Migration.Dialect dialect() {
    return new Migration.Dialect("INTEGER PRIMARY KEY", "TEXT");
  }

  @Override
  public Connection writer() throws SQLException {
    requireWritable();
    SQLiteConfig config = config();
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    Connection connection = connect(config, "");
    Sql.execute(connection, "PRAGMA journal_mode = WAL");
    return connection;
  }

  private void requireWritable() {
    if (!writable) {
      throw failures.readOnly();
    }
  }

  @Override
  public Connection reader() throws SQLException {
    unlocked = Optional.empty();
    if (writable) {
      // Not opened read-only: the last one to close the database tidies up its log.
      Connection connection = connect(config(), "");
      Sql.execute(connection, "PRAGMA query_only = ON");
      return connection;
    }
    SQLiteConfig config = config();
    config.setReadOnly(true);
    if (UnchangingFile.hasLog(location)) {
      return connect(config, "");
    }
    // Nobody has the database open, and where nothing can be written SQLite cannot make the files
    // that it shares with
    // other processes. It reads without them when told that the file does not change; we look
    // afterwards whether it did.
    unlocked = Optional.of(UnchangingFile.now(location));
    return connect(config, "?immutable=1");
  }

  @Override
  public boolean readerHeldStill() {
    return unlocked.isEmpty() || unlocked.get().equals(UnchangingFile.now(location));
  }

  private SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout((int) settings.busyTimeout().toMillis());
    config.setGetGeneratedKeys(false);
    return config;
  }

  /// Not by `DriverManager`, which would look for all drivers first. The path goes as a URI, in
  /// which no character of a path has a meaning of its own.
  private Connection connect(SQLiteConfig config, String parameters) throws SQLException {
    Path file = location.file();
    String uri = "file:" + file.toUri().getRawPath() + parameters;
    Properties properties = config.toProperties();
    return new JDBC4Connection("jdbc:sqlite:" + uri, uri, properties);
  }

  @Override
  public void begin(Connection writer) throws SQLException {
    Sql.execute(writer, "BEGIN IMMEDIATE");
  }

  @Override
  public void beginReading(Connection reader) throws SQLException {
    Sql.execute(reader, "BEGIN");
  }

  @Override
  public void commit(Connection writer) throws SQLException {
    Sql.execute(writer, "COMMIT");
  }

  /// Closing the connection ended it.
  @Override
  public void endLostWriter() {}

  @Override
  public void rollBack(Connection connection) throws SQLException {
    Sql.execute(connection, "ROLLBACK");
  }

  @Override
  public String findVersionTable() {
    return "SELECT count(*) FROM sqlite_master WHERE name = 'tarn_version'";
  }

  @Override
  public void refuseStrangers(Sql sql) {
    sql.first(
            row -> row.text(1),
            """
            SELECT name FROM sqlite_master WHERE name NOT LIKE 'iceberg%' AND name NOT LIKE 'sqlite%'\
            """)
        .ifPresent(table -> {
          throw failures.stranger(table);
        });
  }

  /// BEGIN IMMEDIATE keeps the others out.
  @Override
  public void beginMigration(Sql sql) {}

  @Override
  public void settle() {
    try {
      DurableFolder.sync(location.folder());
    } catch (IOException e) {
      throw failures.folder(e);
    }
  }

  @Override
  public Trouble judge(SQLException e) {
    return switch (primaryCode(e)) {
      case SqliteFailures.BUSY, SqliteFailures.LOCKED -> Trouble.CONFLICT;
      default -> Trouble.FATAL;
    };
  }

  /// Any other error at a commit (a disk that fails) may come after the log was written.
  @Override
  public boolean refusedCommit(SQLException e) {
    return switch (primaryCode(e)) {
      case SqliteFailures.BUSY, SqliteFailures.LOCKED, SqliteFailures.FULL -> true;
      default -> false;
    };
  }

  @Override
  public boolean diskFailed(SQLException e) {
    return primaryCode(e) == SqliteFailures.IOERR;
  }

  static int primaryCode(SQLException e) {
    return e instanceof SQLiteException sqlite
        ? sqlite.getResultCode().code & 0xff
        : e.getErrorCode() & 0xff;
  }

  @Override
  public Failure failure(SQLException e) {
    return failures.of(e);
  }

  @Override
  public List<String> damages(Sql sql) {
    return sql.list(row -> row.text(1), "PRAGMA quick_check").stream()
        .filter(line -> !line.equals("ok"))
        .toList();
  }

  /// Whoever waits for the file that is gone gets it, and finds that there is nothing to run on.
  @Override
  public void removeLane(String lane) {
    try {
      Files.deleteIfExists(new LockFile(location, lane).file());
    } catch (IOException _) {
      // An empty file is left, which nobody reads.
    }
  }

  @Override
  public RunLock lockRuns(
      String lane, Holder holder, Duration wait, Consumer<String> whileWaiting) {
    requireWritable();
    LockFile file = new LockFile(location, lane);
    return new LockQueue(location, wait, whileWaiting)
        .await(() -> file.tryLock(holder), file::lastHolder);
  }
}
