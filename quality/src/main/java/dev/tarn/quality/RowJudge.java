package dev.tarn.quality;

import dev.tarn.engine.EngineConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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
    if (rule.parts().size() > 1) {
      rule.parts().forEach(part -> pass.count(part.failing()));
    }
  }

  @Override
  public Outcome answer(Pass pass, EngineConnection connection) {
    long judged = pass.number(pass.count(rule.judged()));
    long failures = pass.number(pass.count(rule.failing()));
    return new Outcome(
        !declared.tooMany(failures, judged), judged, failures, detail(pass, failures));
  }

  private String detail(Pass pass, long failures) {
    if (rule.parts().size() == 1 || failures == 0) {
      return "";
    }
    List<String> counts = new ArrayList<>();
    for (RowRule.Part part : rule.parts()) {
      long count = pass.number(pass.count(part.failing()));
      if (count > 0) {
        counts.add(part.label() + " " + count);
      }
    }
    return counts.stream().collect(Collectors.joining(", ", "by column: ", ""));
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
