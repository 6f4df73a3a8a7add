package dev.tarn.store;

import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.RunState;
import dev.tarn.vocabulary.StepState;
import dev.tarn.vocabulary.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The runs in `tarn_runs`, their steps in `tarn_steps`. Order is that of writing: a clock may be
/// set back.
record SqlRunLog(Sql sql, Scope scope) implements RunLog {
  private static final String RUNS =
      "SELECT run, state, command, started_at, ended_at, pid, host, reason FROM tarn_runs";
  private static final String STEPS =
      """
      SELECT run, table_name, state, attempt, started_at, ended_at, row_count, bytes, reason, refresh
      FROM tarn_steps\
      """;
  private static final String SEEN = " WHERE " + Scope.seen("id");

  @Override
  public void begin(RunRecord run) {
    sql.change(
        """
        INSERT INTO tarn_runs (branch, run, state, command, started_at, ended_at, pid, host, reason)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run) DO NOTHING\
        """,
        scope.branch(),
        run.run(),
        run.state().text(),
        run.command(),
        run.startedAt(),
        run.endedAt(),
        run.pid(),
        run.host(),
        run.reason());
  }

  @Override
  public boolean end(RunId run, RunState state, Instant at, String reason) {
    return sql.change(
            """
            UPDATE tarn_runs SET state = ?, ended_at = ?, reason = ?
            WHERE run = ? AND state = 'running'\
            """,
            state.text(),
            at,
            reason,
            run)
        == 1;
  }

  @Override
  public Optional<RunRecord> find(RunId run) {
    return sql.first(
        SqlRunLog::readRun, RUNS + SEEN + " AND run = ?", scope.branch(), scope.past().runs(), run);
  }

  @Override
  public List<RunRecord> latest(int limit) {
    return sql.list(
        SqlRunLog::readRun,
        RUNS + SEEN + " ORDER BY id DESC LIMIT ?",
        scope.branch(),
        scope.past().runs(),
        limit);
  }

  @Override
  public List<RunRecord> running() {
    return sql.list(
        SqlRunLog::readRun,
        RUNS + " WHERE state = 'running' AND branch = ? ORDER BY id",
        scope.branch());
  }

  @Override
  public List<RunRecord> runningEverywhere() {
    return sql.list(SqlRunLog::readRun, RUNS + " WHERE state = 'running' ORDER BY id");
  }

  @Override
  public void putStep(StepRecord step) {
    sql.change(
        """
        INSERT INTO tarn_steps (branch, run, table_name, state, attempt, started_at, ended_at, row_count,
          bytes, reason, refresh)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (run, table_name, attempt) DO UPDATE SET state = excluded.state,
          started_at = excluded.started_at, ended_at = excluded.ended_at, row_count = excluded.row_count,
          bytes = excluded.bytes, reason = excluded.reason, refresh = excluded.refresh\
        """,
        scope.branch(),
        step.run(),
        step.table(),
        step.state().text(),
        step.attempt(),
        step.startedAt(),
        step.endedAt(),
        step.rows(),
        step.bytes(),
        step.reason(),
        step.refresh());
  }

  @Override
  public List<StepRecord> steps(RunId run) {
    return sql.list(
        SqlRunLog::readStep,
        STEPS + SEEN + " AND run = ? ORDER BY table_name, attempt",
        scope.branch(),
        scope.past().steps(),
        run);
  }

  @Override
  public List<StepRecord> stepsOf(TableName table, int limit) {
    return sql.list(
        SqlRunLog::readStep,
        STEPS + SEEN + " AND table_name = ? ORDER BY id DESC LIMIT ?",
        scope.branch(),
        scope.past().steps(),
        table,
        limit);
  }

  @Override
  public List<StepRecord> latestSteps(int limit) {
    return sql.list(
        SqlRunLog::readStep,
        STEPS + SEEN + " ORDER BY id DESC LIMIT ?",
        scope.branch(),
        scope.past().steps(),
        limit);
  }

  private static RunRecord readRun(Row row) {
    return new RunRecord(
        row.run(1),
        RunState.valueOf(row.text(2).toUpperCase(Locale.ROOT)),
        row.text(3),
        row.instant(4),
        row.maybeInstant(5),
        row.number(6),
        row.text(7),
        row.text(8));
  }

  private static StepRecord readStep(Row row) {
    return new StepRecord(
        row.run(1),
        row.table(2),
        StepState.valueOf(row.text(3).toUpperCase(Locale.ROOT)),
        row.integer(4),
        row.instant(5),
        row.maybeInstant(6),
        row.number(7),
        row.number(8),
        row.text(9),
        row.text(10));
  }
}
