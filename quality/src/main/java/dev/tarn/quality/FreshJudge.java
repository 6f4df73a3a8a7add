package dev.tarn.quality;

import dev.tarn.engine.EngineConnection;
import dev.tarn.vocabulary.Timings;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Judges how old the newest value is; times without a zone are UTC, a date is its first instant,
/// no value at all fails.
record FreshJudge(DeclaredCheck declared, TableCheck.Fresh check, Instant now) implements Judge {

  @Override
  public void ask(Pass pass) {
    pass.count(RowRule.where(declared));
    check.of().forEach(part -> pass.ask(newest(part.column())));
  }

  @Override
  public Outcome answer(Pass pass, EngineConnection connection) {
    boolean passed = true;
    List<String> measured = new ArrayList<>();
    for (TableCheck.Fresh.Age part : check.of()) {
      if (pass.value(pass.ask(newest(part.column()))) instanceof Number micros) {
        Instant newest = Instant.EPOCH.plus(micros.longValue(), ChronoUnit.MICROS);
        Duration age = Duration.between(newest, now);
        passed &= age.compareTo(part.most()) <= 0;
        measured.add(
            part.column().name()
                + " is "
                + (age.isNegative() ? "in the future" : Timings.text(age) + " old")
                + " ("
                + newest
                + ")");
      } else {
        passed = false;
        measured.add(part.column().name() + " has no value");
      }
    }
    return Outcome.whole(
        passed, pass.number(pass.count(RowRule.where(declared))), String.join(", ", measured));
  }

  private String newest(ColumnAt column) {
    return "epoch_us(max(this."
        + column.sql()
        + ") FILTER (WHERE "
        + RowRule.where(declared)
        + "))";
  }

  @Override
  public Optional<String> samples() {
    return Optional.empty();
  }
}
