package dev.tarn.store;

import dev.tarn.store.Migration.Definitions;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problem;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// The metadata database, open: made and migrated when needed. Thread-safe.
public final class MetadataStore implements AutoCloseable {
  private static final String RESTORE = "put back a backup of the database";

  private static final int ANSWERS_LOST = 5;

  private final Database database;
  private final Transactions transactions;
  private final InstantSource clock;
  private final Optional<BranchRecord> branch;

  private MetadataStore(
      Database database,
      Transactions transactions,
      InstantSource clock,
      Optional<BranchRecord> branch) {
    this.database = database;
    this.transactions = transactions;
    this.clock = clock;
    this.branch = branch;
  }

  public static MetadataStore open(MetadataLocation location, InstantSource clock) {
    // Processes that collide must not wait in step, so their number is part of the seed.
    long seed = clock.instant().toEpochMilli() ^ ProcessHandle.current().pid() << 32;
    return open(
        location, clock, new SplittableRandom(seed), StoreSettings.DEFAULT, CommitSeam.NONE);
  }

  /// With limits of one's own, and a seam for tests.
  public static MetadataStore open(
      MetadataLocation location,
      InstantSource clock,
      RandomGenerator random,
      StoreSettings settings,
      CommitSeam seam) {
    return open(location, clock, random, settings, seam, Migrations.RELEASED);
  }

  static MetadataStore open(
      MetadataLocation location,
      InstantSource clock,
      RandomGenerator random,
      StoreSettings settings,
      CommitSeam seam,
      Migrations migrations) {
    Database database =
        switch (location) {
          case MetadataLocation.SqliteFile file -> new SqliteDatabase(file, settings);
          case MetadataLocation.Postgres postgres -> new PostgresDatabase(postgres, settings);
        };
    Transactions transactions = new Transactions(database, settings, random, seam);
    MetadataStore store = new MetadataStore(database, transactions, clock, Optional.empty());
    try {
      store.migrate(migrations);
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private void migrate(Migrations migrations) {
    int found = transactions.read(this::version);
    migrations.requireKnown(found, location());
    if (found == migrations.newest()) {
      return;
    }
    transactions.define(sql -> {
      database.beginMigration(sql);
      // Another process may have been faster.
      int version = version(sql);
      migrations.requireKnown(version, location());
      migrations.migrate(version, new Definitions(sql, database.dialect()), clock.instant());
      return version;
    });
    database.settle();
  }

  /// 0 when there is none yet.
  private int version(Sql sql) {
    boolean exists = sql.first(row -> row.truth(1), database.findVersionTable()).orElse(false);
    if (!exists) {
      database.refuseStrangers(sql);
      return 0;
    }
    return sql.first(row -> row.integer(1), "SELECT max(version) FROM tarn_version").orElse(0);
  }

  public MetadataLocation location() {
    return database.location();
  }

  /// All of the work or none of it. The work may be done several times before it counts: it must do
  /// nothing else. Throws [CommitOutcomeUnknown] when the database did not answer the commit.
  public <T> T transact(Function<Transaction, T> work) {
    return transactions.write(sql -> work.apply(new SqlTransaction(sql, scope(sql))));
  }

  /// As [#transact], for work without a result.
  public void write(Consumer<Transaction> work) {
    transact(transaction -> {
      work.accept(transaction);
      return true;
    });
  }

  /// As [#write], for work that is the same when it is done twice: when the database does not
  /// answer the commit, it is done again, and who asks need not know.
  public void writeAgain(Consumer<Transaction> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        write(work);
        return;
      } catch (CommitOutcomeUnknown unknown) {
        if (attempt == ANSWERS_LOST || unknown.diskFailed()) {
          throw unknown.asFailure();
        }
      }
    }
  }

  /// What is committed now, as one consistent picture; works where nothing can be written.
  public <T> T read(Function<Transaction, T> work) {
    return transactions.read(sql -> work.apply(new SqlTransaction(sql, scope(sql))));
  }

  /// Looked up each time: a branch may be dropped or brought up to date meanwhile.
  private Scope scope(Sql sql) {
    return branch.map(known -> Scope.required(sql, known.id(), known.name())).orElse(Scope.MAIN);
  }

  /// The same database, as a branch has it. Closing either closes both.
  public MetadataStore on(BranchRecord known) {
    return new MetadataStore(database, transactions, clock, Optional.of(known));
  }

  /// The branch that all is read from and written to; empty for main.
  public Optional<BranchRecord> branch() {
    return branch;
  }

  /// Waits until no other process runs on main, or on this branch; `whileWaiting` is told once whom
  /// it waits for.
  public RunLock lockRuns(Duration wait, Consumer<String> whileWaiting) {
    String lane = branch.map(MetadataStore::lane).orElse("");
    return database.lockRuns(lane, Holder.here(clock), wait, whileWaiting);
  }

  /// Removes what kept runs on a branch apart; to be called once it was dropped.
  public void removeLock(BranchRecord dropped) {
    database.removeLane(lane(dropped));
  }

  private static String lane(BranchRecord branch) {
    return "branch-" + branch.id();
  }

  /// What is wrong with the database's own pages and tables; takes time in proportion to its size.
  public List<Problem> verify() {
    try {
      Location place = Location.file(location().toString());
      return transactions.read(sql -> {
        Migrations.TABLES.forEach(
            table -> sql.first(row -> row.integer(1), "SELECT 1 FROM " + table + " LIMIT 1"));
        return database.damages(sql).stream()
            .map(line -> Problem.at(place, "the metadata database is damaged: " + line, RESTORE))
            .toList();
      });
    } catch (Failure e) {
      return e.problems();
    }
  }

  @Override
  public void close() {
    transactions.close();
  }
}
