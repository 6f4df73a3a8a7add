package dev.tarn.quality;

import dev.tarn.engine.Engine;
import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.sql.Query;
import dev.tarn.sql.SqlParser;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Finds what is wrong with checks before anything runs: over empty tables of the same columns,
/// with the very SQL that would judge them. One binder serves a whole project; one thread at a
/// time.
public final class CheckBinder implements AutoCloseable {
  private final Engine engine;
  private final SqlParser parser;
  private final Function<Query, List<Problem>> guard;
  private Optional<EngineSession> session = Optional.empty();

  /// @param guard what a query must not do, such as reading files on its own
  public CheckBinder(Engine engine, SqlParser parser, Function<Query, List<Problem>> guard) {
    this.engine = engine;
    this.parser = parser;
    this.guard = guard;
  }

  /// Everything that is wrong with the checks of a table.
  public List<Problem> problems(
      TableName table,
      Audited kind,
      Schema schema,
      List<DeclaredCheck> checks,
      KnownTables others) {
    Problems found = new Problems();
    if (!checks.isEmpty()) {
      bind(table, kind, schema, checks, others, found);
    }
    return found.all();
  }

  private EngineSession session() {
    EngineSession open = session.orElseGet(engine::open);
    session = Optional.of(open);
    return open;
  }

  @Override
  public void close() {
    session.ifPresent(EngineSession::close);
    session = Optional.empty();
  }

  private static void refuseQuarantine(
      Audited kind, TableName table, DeclaredCheck declared, Problems problems) {
    if (declared.quarantines() && kind == Audited.VIEW) {
      problems.add(
          declared.at(),
          table + " is a view and keeps no rows, so none can be quarantined",
          "use on_fail: block or warn, or materialize: table");
    }
    if (declared.quarantines() && kind == Audited.HISTORY) {
      problems.add(
          declared.at(),
          table + " keeps a history, which loses no row to quarantine",
          "use on_fail: block or warn here, and quarantine in a model that it reads");
    }
    if (declared.quarantines() && kind == Audited.SOURCE) {
      problems.add(
          declared.at(),
          "a source keeps what came, so no row of " + table + " can be quarantined",
          "use on_fail: block or warn here, and quarantine in the model that reads it");
    }
  }

  private void bind(
      TableName table,
      Audited kind,
      Schema schema,
      List<DeclaredCheck> checks,
      KnownTables others,
      Problems found) {
    EngineSession open = session();
    TableName numbered = new TableName(table.layer(), table.name() + "__numbered");
    open.exposeEmpty(table, schema);
    open.exposeEmpty(numbered, schema.plus(List.of(Subject.rowColumn())));
    Checks.tables(checks, parser).stream()
        .filter(name -> !name.equals(table))
        .forEach(name -> others.schema(name).ifPresent(columns -> open.exposeEmpty(name, columns)));
    Subject plain = Subject.table(table, schema);
    Subject rows = new Subject(table, numbered.sql(), schema, true);
    try (EngineConnection connection = open.connect()) {
      List<DeclaredCheck> sound = new ArrayList<>();
      for (DeclaredCheck declared : checks) {
        Problems own = new Problems();
        refuseQuarantine(kind, table, declared, own);
        new ColumnRules(table, schema, others, own).check(declared.check());
        bindSql(connection, declared, plain, rows, others, own);
        found.addAll(own.all());
        if (own.isEmpty()) {
          sound.add(declared);
        }
      }
      judgeNothing(connection, plain, rows, sound, found);
    }
  }

  private void bindSql(
      EngineConnection connection,
      DeclaredCheck declared,
      Subject plain,
      Subject rows,
      KnownTables others,
      Problems own) {
    QueryRules queries = new QueryRules(parser, guard, connection, plain.table(), others, own);
    declared.where().ifPresent(where -> queries.condition(where, plain));
    if (declared.check() instanceof RowCheck.Sql sql) {
      queries.query(sql.query(), declared.quarantines() ? rows : plain, declared.quarantines());
    }
    new LiteralRules(plain.schema(), connection, own).check(declared.check());
  }

  /// Runs all checks over the empty table at once; only when that fails, one by one, to tell which
  /// is wrong.
  private static void judgeNothing(
      EngineConnection connection,
      Subject plain,
      Subject rows,
      List<DeclaredCheck> checks,
      Problems found) {
    Trial trial =
        new Trial(
            connection,
            new Judges(Instant.EPOCH, CheckHistory.none()),
            new Samples(connection, AuditSettings.defaults()));
    try {
      trial.judge(plain, rows, checks);
    } catch (Failure together) {
      for (DeclaredCheck declared : checks) {
        try {
          trial.judge(plain, rows, List.of(declared));
        } catch (Failure wrong) {
          wrong
              .problems()
              .forEach(problem -> found.add(declared.at(), problem.what(), problem.fix()));
        }
      }
    }
  }
}
