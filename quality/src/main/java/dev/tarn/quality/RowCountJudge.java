package dev.tarn.quality;

import dev.tarn.engine.EngineConnection;
import java.util.Optional;

/// Judges how many rows there are.
record RowCountJudge(DeclaredCheck declared, TableCheck.RowCount check) implements Judge {

  @Override
  public void ask(Pass pass) {
    pass.count(RowRule.where(declared));
  }

  @Override
  public Outcome answer(Pass pass, EngineConnection connection) {
    long rows = pass.number(pass.count(RowRule.where(declared)));
    return Outcome.whole(check.bounds().holds(rows), rows, rows + (rows == 1 ? " row" : " rows"));
  }

  @Override
  public Optional<String> samples() {
    return Optional.empty();
  }
}
