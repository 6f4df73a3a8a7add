package dev.tarn.quality;

import dev.tarn.engine.EngineConnection;
import dev.tarn.vocabulary.Failure;
import java.util.ArrayList;
import java.util.List;

/// Judges all checks of a subject: one shared pass, then what each still needs.
final class Trial {
  private final EngineConnection connection;
  private final Judges judges;
  private final Samples samples;
  private long rows;

  Trial(EngineConnection connection, Judges judges, Samples samples) {
    this.connection = connection;
    this.judges = judges;
    this.samples = samples;
  }

  /// @param numbered the subject as quarantine checks see it; may be the plain one when there are
  ///   none
  List<Verdict> judge(Subject plain, Subject numbered, List<DeclaredCheck> checks) {
    Pass pass = new Pass();
    int everything = pass.count("true");
    List<Judge> asked = new ArrayList<>();
    for (DeclaredCheck declared : checks) {
      Judge judge = judges.of(declared, declared.quarantines() ? numbered : plain);
      judge.ask(pass);
      asked.add(judge);
    }
    String all = This.view(plain, "true");
    connection.execute(all);
    try {
      pass.run(connection, numbered);
    } catch (Failure failure) {
      throw Uncomputable.first(checks, check -> askAlone(check, plain, numbered), failure);
    }
    rows = pass.number(everything);
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < checks.size(); i++) {
      verdicts.add(verdict(checks.get(i), asked.get(i), pass));
      if (checks.get(i).check() instanceof RowCheck.Sql) {
        // It made a view of its own, and the conditions of other checks may read all of this.
        connection.execute(all);
      }
    }
    return verdicts;
  }

  private void askAlone(DeclaredCheck declared, Subject plain, Subject numbered) {
    Pass alone = new Pass();
    judges.of(declared, declared.quarantines() ? numbered : plain).ask(alone);
    alone.run(connection, numbered);
  }

  /// How many rows the subject judged last has.
  long rows() {
    return rows;
  }

  private Verdict verdict(DeclaredCheck declared, Judge judge, Pass pass) {
    try {
      Outcome outcome = judge.answer(pass, connection);
      boolean show = outcome.failures() > 0;
      return new Verdict(
          declared,
          judge,
          outcome,
          show ? judge.samples().map(samples::of).orElse(List.of()) : List.of());
    } catch (Failure failure) {
      throw Uncomputable.of(declared, failure);
    }
  }
}
