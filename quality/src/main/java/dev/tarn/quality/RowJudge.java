package dev.tarn.quality;

import dev.tarn.engine.EngineConnection;
import java.util.Optional;

/// Judges checks that look at each row alone: all is counted in the shared pass.
final class RowJudge implements Judge {
  private final DeclaredCheck declared;
  private final RowRule rule;
  private final Subject subject;

  RowJudge(DeclaredCheck declared, RowRule rule, Subject subject) {
    this.declared = declared;
    this.rule = rule;
    this.subject = subject;
  }

  @Override
  public void ask(Pass pass) {
    pass.count(rule.judged());
    pass.count(rule.failing());
    rule.askParts(pass);
  }

  @Override
  public Outcome answer(Pass pass, EngineConnection connection) {
    long judged = pass.number(pass.count(rule.judged()));
    long failures = pass.number(pass.count(rule.failing()));
    String detail = failures == 0 ? "" : rule.detail(pass);
    return new Outcome(!declared.tooMany(failures, judged), judged, failures, detail);
  }

  @Override
  public Optional<String> samples() {
    return Optional.of(
        "SELECT " + subject.columns("this.") + subject.from() + " WHERE " + rule.failing());
  }

  @Override
  public Optional<String> failing() {
    return Optional.of(rule.failing());
  }
}
