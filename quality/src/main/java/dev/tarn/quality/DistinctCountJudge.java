package dev.tarn.quality;

import dev.tarn.engine.EngineConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Judges how many different values columns have.
record DistinctCountJudge(DeclaredCheck declared, TableCheck.DistinctCount check) implements Judge {

  @Override
  public void ask(Pass pass) {
    pass.count(RowRule.where(declared));
    check.of().forEach(part -> pass.ask(distinct(part.column())));
  }

  @Override
  public Outcome answer(Pass pass, EngineConnection connection) {
    boolean passed = true;
    List<String> measured = new ArrayList<>();
    for (TableCheck.DistinctCount.Counts part : check.of()) {
      long count = pass.number(pass.ask(distinct(part.column())));
      passed &= part.bounds().holds(count);
      measured.add(part.column().name() + " has " + count);
    }
    return Outcome.whole(
        passed, pass.number(pass.count(RowRule.where(declared))), String.join(", ", measured));
  }

  private String distinct(ColumnAt column) {
    return "count(DISTINCT this."
        + column.sql()
        + ") FILTER (WHERE "
        + RowRule.where(declared)
        + ")";
  }

  @Override
  public Optional<String> samples() {
    return Optional.empty();
  }
}
