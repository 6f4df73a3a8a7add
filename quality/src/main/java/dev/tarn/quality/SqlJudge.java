package dev.tarn.quality;

import dev.tarn.engine.EngineConnection;
import dev.tarn.vocabulary.Identifiers;
import java.util.Optional;

/// Judges a query that must return no row. Over a numbered subject the rows it returns are told by
/// their numbers, which are kept, so that the query runs once and a row it returns twice counts
/// once.
final class SqlJudge implements Judge {
  private final DeclaredCheck declared;
  private final RowCheck.Sql check;
  private final Subject subject;
  private final String kept;

  SqlJudge(DeclaredCheck declared, RowCheck.Sql check, Subject subject) {
    this.declared = declared;
    this.check = check;
    this.subject = subject;
    this.kept = Identifiers.quote("tarn_failing_" + declared.name());
  }

  @Override
  public void ask(Pass pass) {
    pass.count(RowRule.where(declared));
  }

  @Override
  public Outcome answer(Pass pass, EngineConnection connection) {
    long judged = pass.number(pass.count(RowRule.where(declared)));
    connection.execute(This.view(subject, RowRule.where(declared)));
    String rows = "(" + check.query().text() + "\n)";
    if (subject.numbered()) {
      connection.execute(
          "CREATE OR REPLACE TEMP TABLE "
              + kept
              + " AS SELECT DISTINCT "
              + Subject.ROW
              + " FROM "
              + rows
              + " WHERE "
              + Subject.ROW
              + " IS NOT NULL");
      rows = kept;
    }
    long failures =
        Pass.whole(
            connection.query("SELECT count(*) FROM " + rows, 1).rows().getFirst().getFirst());
    return new Outcome(!declared.tooMany(failures, judged), judged, failures, "");
  }

  @Override
  public Optional<String> samples() {
    return Optional.of(
        subject.numbered()
            ? "SELECT " + subject.columns("this.") + subject.from() + " WHERE " + returned()
            : "SELECT * FROM (" + check.query().text() + "\n)");
  }

  @Override
  public Optional<String> failing() {
    return subject.numbered() ? Optional.of(returned()) : Optional.empty();
  }

  private String returned() {
    return "this." + Subject.ROW + " IN (SELECT " + Subject.ROW + " FROM " + kept + ")";
  }
}
