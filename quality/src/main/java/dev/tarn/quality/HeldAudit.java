package dev.tarn.quality;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.time.Instant;
import java.util.List;

/// Judges the checks of a table that is held in memory as those of a stored table are judged, and
/// splits it in the same way: afterwards the session has the rows that stay under the table's name
/// and the others under that of its quarantine.
public final class HeldAudit {
  private final EngineSession session;
  private final EngineConnection connection;
  private final RunId run;
  private final Instant now;

  /// @param run as the quarantined rows tell it
  /// @param now the time that ages are measured against
  public HeldAudit(EngineSession session, EngineConnection connection, RunId run, Instant now) {
    this.session = session;
    this.connection = connection;
    this.run = run;
    this.now = now;
  }

  /// The session must have the table exposed, and every other table that the checks read.
  public AuditReport audit(TableName table, Schema schema, List<DeclaredCheck> checks) {
    Subject plain = Subject.table(table, schema);
    Subject numbered =
        checks.stream().anyMatch(DeclaredCheck::quarantines) ? numbered(table, schema) : plain;
    QuarantineTable marks = QuarantineTable.of(schema);
    session.exposeEmpty(table.quarantine(), marks.schema());
    Trial trial =
        new Trial(
            connection,
            new Judges(now, CheckHistory.none()),
            new Samples(connection, AuditSettings.defaults()));
    List<Verdict> verdicts = trial.judge(plain, numbered, checks);
    long all = trial.rows();
    List<Verdict> splitting = verdicts.stream().filter(Verdict::splitsRows).toList();
    if (splitting.isEmpty()) {
      return new AuditReport(Auditor.results(table, verdicts, now), all, 0);
    }
    long bad = split(table, numbered, marks, splitting);
    List<Verdict> anew = TableAudit.again(trial, plain, verdicts);
    return new AuditReport(Auditor.results(table, anew, now), all - bad, bad);
  }

  private Subject numbered(TableName table, Schema schema) {
    TableName relation = new TableName(table.layer(), table.name() + "__numbered");
    String rows =
        "SELECT *, row_number() OVER () AS " + Subject.ROW + " FROM " + table.sql() + " AS this";
    connection.hold(rows, relation, schema.plus(List.of(Subject.rowColumn())));
    return new Subject(table, relation.sql(), schema, true);
  }

  /// Answers how many rows failed.
  private long split(
      TableName table, Subject numbered, QuarantineTable marks, List<Verdict> failed) {
    connection.execute(Quarantine.mark(numbered, failed));
    connection.hold(
        Quarantine.badRows(numbered, marks, run, now), table.quarantine(), marks.schema());
    connection.hold(Quarantine.goodRows(numbered), table, numbered.schema());
    return Pass.whole(
        connection
            .query("SELECT count(*) FROM " + Quarantine.FAILED, 1)
            .rows()
            .getFirst()
            .getFirst());
  }
}
