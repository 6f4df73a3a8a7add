package dev.tarn.quality;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.lake.Branch;
import dev.tarn.lake.LakeTable;
import dev.tarn.vocabulary.CheckResult;
import dev.tarn.vocabulary.Event;
import dev.tarn.vocabulary.Events;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Judges the checks of a table that a run staged and nobody sees yet, and splits off the rows that
/// fail a quarantine check.
public final class Auditor {
  private final InstantSource clock;
  private final CheckHistory history;
  private final Events events;
  private final AuditSettings settings;

  public Auditor(InstantSource clock, CheckHistory history, Events events, AuditSettings settings) {
    this.clock = clock;
    this.history = history;
    this.events = events;
    this.settings = settings;
  }

  /// Judges the branch's state of a table; for a view its rows as the session has it exposed. The
  /// session must have every other table exposed that the checks read; the table itself is exposed
  /// here, and anew when rows were split off. All checks are judged over all rows, and once more
  /// over the rows that stay when some were quarantined, but for the quarantine checks themselves.
  public AuditReport audit(
      EngineSession session,
      Branch branch,
      TableName table,
      List<DeclaredCheck> checks,
      RunId run) {
    return audit(session, branch, table, checks, run, Written.unknown());
  }

  /// As above, and what is known from the table's writing is not found out again.
  public AuditReport audit(
      EngineSession session,
      Branch branch,
      TableName table,
      List<DeclaredCheck> checks,
      RunId run,
      Written written) {
    Instant now = clock.instant();
    Optional<LakeTable> stored = branch.find(table);
    if (checks.isEmpty()) {
      Quarantine.empty(branch, table);
      return new AuditReport(List.of(), stored.map(LakeTable::rows).orElse(0L), 0);
    }
    stored.ifPresent(found -> session.expose(found.scan()));
    try (EngineConnection connection = session.connect()) {
      Judges judges = new Judges(now, history, written.aside());
      Trial trial = new Trial(connection, judges, new Samples(connection, settings));
      AuditReport report =
          stored.isPresent()
              ? new TableAudit(session, connection, branch, trial, run, now)
                  .audit(stored.get(), checks, written)
              : overView(trial, connection, table, checks, now);
      report.results().forEach(result -> events.tell(new Event.CheckJudged(run, result)));
      return report;
    }
  }

  private static AuditReport overView(
      Trial trial,
      EngineConnection connection,
      TableName table,
      List<DeclaredCheck> checks,
      Instant now) {
    if (checks.stream().anyMatch(DeclaredCheck::quarantines)) {
      throw Failure.input(
          table + " is a view and keeps no rows, so none can be quarantined",
          "use on_fail: block or warn, or materialize: table");
    }
    Subject subject = Subject.table(table, connection.describe("SELECT * FROM " + table.sql()));
    List<Verdict> verdicts = trial.judge(subject, subject, checks);
    return new AuditReport(results(table, verdicts, now), trial.rows(), 0);
  }

  static List<CheckResult> results(TableName table, List<Verdict> verdicts, Instant now) {
    List<CheckResult> results = new ArrayList<>();
    verdicts.forEach(verdict -> results.add(verdict.result(table, now)));
    return results;
  }
}
