package dev.tarn.sql.change;

import java.util.List;
import java.util.Set;

/// Throws whole cases, one for each seed.
final class CaseDice {
  private CaseDice() {}

  /// A case and the shapes that its query has.
  record Thrown(ProofCase made, Set<String> shapes) {}

  static Thrown of(long seed) {
    Dice dice = new Dice(seed);
    int steps = dice.of(1, 1, 1, 2, 2, 3);
    List<ProofCase.StoredTable> tables = new TableDice(dice).tables(steps);
    QueryDice.Whole whole = new QueryDice(dice, tables).whole();
    return new Thrown(new ProofCase(tables, whole.views(), whole.sql(), steps), whole.shapes());
  }
}
