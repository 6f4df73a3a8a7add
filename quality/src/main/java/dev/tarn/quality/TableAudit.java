package dev.tarn.quality;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.lake.Branch;
import dev.tarn.lake.LakeTable;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Judges a table that keeps its rows, and quarantines.
final class TableAudit {
  private final EngineSession session;
  private final EngineConnection connection;
  private final Branch branch;
  private final Trial trial;
  private final RunId run;
  private final Instant now;

  TableAudit(
      EngineSession session,
      EngineConnection connection,
      Branch branch,
      Trial trial,
      RunId run,
      Instant now) {
    this.session = session;
    this.connection = connection;
    this.branch = branch;
    this.trial = trial;
    this.run = run;
    this.now = now;
  }

  AuditReport audit(LakeTable table, List<DeclaredCheck> checks, Written written) {
    Subject plain = Subject.table(table.name(), table.schema()).with(written.figures());
    Quarantine quarantine = new Quarantine(session, connection, branch, run, now);
    if (written.aside().isPresent()) {
      return screened(table, checks, plain, written.aside().get(), quarantine);
    }
    if (checks.stream().noneMatch(DeclaredCheck::quarantines)) {
      List<Verdict> verdicts = trial.judge(plain, plain, checks);
      Quarantine.empty(branch, table.name());
      return report(table.name(), verdicts, table.rows(), 0);
    }
    TableName relation = new TableName(table.name().layer(), table.name().name() + "__numbered");
    session.exposeNumbered(relation, table.scan(), Subject.ROW);
    try {
      Subject numbered =
          new Subject(table.name(), relation.sql(), table.schema(), true, written.figures());
      return audit(table, checks, plain, numbered, quarantine);
    } finally {
      session.exposeEmpty(relation, table.schema());
    }
  }

  private AuditReport screened(
      LakeTable table,
      List<DeclaredCheck> checks,
      Subject plain,
      SetAside aside,
      Quarantine quarantine) {
    aside.expose(session);
    try {
      List<Verdict> verdicts = trial.judge(plain, plain, checks);
      if (aside.isEmpty()) {
        Quarantine.empty(branch, table.name());
      } else {
        quarantine.take(table, aside);
      }
      return report(table.name(), verdicts, trial.rows(), aside.rows());
    } finally {
      aside.conceal(session);
    }
  }

  private AuditReport audit(
      LakeTable table,
      List<DeclaredCheck> checks,
      Subject plain,
      Subject numbered,
      Quarantine quarantine) {
    List<Verdict> verdicts = trial.judge(plain, numbered, checks);
    long all = trial.rows();
    List<Verdict> splitting = verdicts.stream().filter(Verdict::splitsRows).toList();
    if (splitting.isEmpty()) {
      Quarantine.empty(branch, table.name());
      return report(table.name(), verdicts, all, 0);
    }
    long bad = quarantine.split(table, numbered, splitting, all);
    return report(table.name(), again(trial, plain, verdicts), all - bad, bad);
  }

  /// The other checks are about the rows that stay.
  static List<Verdict> again(Trial trial, Subject plain, List<Verdict> verdicts) {
    List<DeclaredCheck> others =
        verdicts.stream().map(Verdict::declared).filter(check -> !check.quarantines()).toList();
    List<Verdict> anew = others.isEmpty() ? List.of() : trial.judge(plain, plain, others);
    List<Verdict> all = new ArrayList<>();
    int next = 0;
    for (Verdict verdict : verdicts) {
      all.add(verdict.declared().quarantines() ? verdict : anew.get(next++));
    }
    return all;
  }

  private AuditReport report(TableName table, List<Verdict> verdicts, long kept, long quarantined) {
    return new AuditReport(Auditor.results(table, verdicts, now), kept, quarantined);
  }
}
