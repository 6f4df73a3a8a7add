package dev.tarn.quality;

import dev.tarn.engine.EngineConnection;
import dev.tarn.vocabulary.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Judges which columns there are and of which types.
record ColumnsJudge(TableCheck.Columns check, Subject subject) implements Judge {

  @Override
  public void ask(Pass pass) {
    pass.count("true");
  }

  @Override
  public Outcome answer(Pass pass, EngineConnection connection) {
    List<String> wrong = new ArrayList<>();
    for (TableCheck.Columns.Typed part : check.of()) {
      Optional<Column> column = subject.schema().column(part.column().name());
      String found = column.map(there -> there.type().sql()).orElse("missing");
      if (!found.equals(part.type().sql())) {
        wrong.add(part.column().name() + " is " + found + ", not " + part.type().sql());
      }
    }
    return Outcome.whole(
        wrong.isEmpty(), pass.number(pass.count("true")), String.join("; ", wrong));
  }

  @Override
  public Optional<String> samples() {
    return Optional.empty();
  }
}
