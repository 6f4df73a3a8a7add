package dev.tarn.quality;

import dev.tarn.engine.EngineConnection;
import java.util.Optional;

/// Judges a check whose failing rows were set aside while the table was written: which they are is
/// decided already, so that only the rows that were judged are counted.
final class ScreenedJudge implements Judge {
  private final DeclaredCheck declared;
  private final String judgedOfKept;
  private final RowRule rule;
  private final SetAside aside;

  /// @param kept the rows that stayed
  ScreenedJudge(DeclaredCheck declared, Subject kept, SetAside aside) {
    this.declared = declared;
    this.judgedOfKept = Screen.rule(declared, kept).orElseThrow().judged();
    this.rule = aside.screen().rule(declared);
    this.aside = aside;
  }

  @Override
  public void ask(Pass pass) {
    pass.count(judgedOfKept);
  }

  @Override
  public Outcome answer(Pass pass, EngineConnection connection) {
    long judged = pass.number(pass.count(judgedOfKept));
    if (aside.isEmpty()) {
      return new Outcome(true, judged, 0, "");
    }
    Pass further = new Pass();
    int more = further.count(rule.judged());
    rule.askParts(further);
    further.run(connection, aside.subject());
    long failures = aside.rows(declared);
    String detail = failures == 0 ? "" : rule.detail(further);
    return new Outcome(failures == 0, judged + further.number(more), failures, detail);
  }

  @Override
  public Optional<String> samples() {
    Subject failing = aside.subject(declared);
    return Optional.of("SELECT " + failing.columns("this.") + failing.from());
  }
}
