package dev.tarn.sql.change;

import dev.tarn.sql.tree.QueryBody;
import java.util.Optional;

/// UNION ALL: the whole changes by what one of its parts changes by.
record UnionWay(QueryBody.SetOperation union, QueryBody part, Way way) implements Way {

  @Override
  public Optional<Keyed> keyed() {
    return Optional.empty();
  }

  @Override
  public Signed signed(Step step) {
    Signed signed = way.signed(step);
    return new Signed(alone(step, signed.gone()), alone(step, signed.come()));
  }

  /// The union with these rows in place of the part and none of the others, so that columns are
  /// named and typed as in the union.
  private Kept alone(Step step, Kept rows) {
    Edits edits = step.state(true);
    for (QueryBody other : union.parts()) {
      if (other.origin().json() == part.origin().json()) {
        edits.instead(other, _ -> step.snippets().all(rows));
      } else {
        edits.with(other, step.snippets()::emptied);
      }
    }
    return step.bench().keep(step.snippets().body(edits.applied(union)));
  }
}
