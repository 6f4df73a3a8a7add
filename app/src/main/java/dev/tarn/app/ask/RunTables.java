package dev.tarn.app.ask;

import dev.tarn.app.run.Opened;
import dev.tarn.store.CheckRecord;
import dev.tarn.store.RunRecord;
import dev.tarn.store.StepRecord;
import dev.tarn.vocabulary.CheckResult;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `system.runs`, `system.steps` and `system.checks`.
final class RunTables {
  /// The most rows of each, the newest ones.
  private static final int LIMIT = 1_000_000;

  static final SystemTable RUNS =
      SystemTable.of(
          "runs",
          RunTables::runs,
          "run VARCHAR",
          "state VARCHAR",
          "command VARCHAR",
          "started_at TIMESTAMPTZ",
          "ended_at TIMESTAMPTZ",
          "seconds DOUBLE",
          "pid BIGINT",
          "host VARCHAR",
          "reason VARCHAR");

  static final SystemTable STEPS =
      SystemTable.of(
          "steps",
          RunTables::steps,
          "run VARCHAR",
          "table VARCHAR",
          "state VARCHAR",
          "attempt INTEGER",
          "started_at TIMESTAMPTZ",
          "ended_at TIMESTAMPTZ",
          "seconds DOUBLE",
          "rows BIGINT",
          "bytes BIGINT",
          "refresh VARCHAR",
          "reason VARCHAR");

  static final SystemTable CHECKS =
      SystemTable.of(
          "checks",
          RunTables::checks,
          "run VARCHAR",
          "table VARCHAR",
          "name VARCHAR",
          "kind VARCHAR",
          "check VARCHAR",
          "on_fail VARCHAR",
          "passed BOOLEAN",
          "rows BIGINT",
          "failures BIGINT",
          "samples VARCHAR[]",
          "detail VARCHAR",
          "judged_at TIMESTAMPTZ");

  private RunTables() {}

  private static List<List<@Nullable Object>> runs(Opened opened) {
    return opened.store().read(transaction -> transaction.runs().latest(LIMIT)).stream()
        .map(RunTables::run)
        .toList();
  }

  private static List<@Nullable Object> run(RunRecord run) {
    Double seconds =
        run.endedAt()
            .map(end -> Duration.between(run.startedAt(), end).toMillis() / 1000.0)
            .orElse(null);
    return SystemTable.row(
        run.run().toString(),
        run.state().text(),
        run.command(),
        run.startedAt(),
        SystemTable.orNull(run.endedAt()),
        seconds,
        run.pid(),
        run.host(),
        run.reason());
  }

  private static List<List<@Nullable Object>> steps(Opened opened) {
    return opened.store().read(transaction -> transaction.runs().latestSteps(LIMIT)).stream()
        .map(RunTables::step)
        .toList();
  }

  private static List<@Nullable Object> step(StepRecord step) {
    Double seconds =
        step.endedAt()
            .map(end -> Duration.between(step.startedAt(), end).toMillis() / 1000.0)
            .orElse(null);
    return SystemTable.row(
        step.run().toString(),
        step.table().toString(),
        step.state().text(),
        step.attempt(),
        step.startedAt(),
        SystemTable.orNull(step.endedAt()),
        seconds,
        step.rows(),
        step.bytes(),
        step.refresh(),
        step.reason());
  }

  private static List<List<@Nullable Object>> checks(Opened opened) {
    return opened.store().read(transaction -> transaction.checks().latest(LIMIT)).stream()
        .map(RunTables::check)
        .toList();
  }

  private static List<@Nullable Object> check(CheckRecord record) {
    CheckResult check = record.result();
    return SystemTable.row(
        record.run().toString(),
        check.table().toString(),
        check.name(),
        check.kind(),
        check.check(),
        check.onFail(),
        check.passed(),
        check.rows(),
        check.failures(),
        check.samples(),
        check.detail(),
        check.at());
  }
}
