package dev.tarn.sql.change;

import dev.tarn.sql.tree.QueryBody;
import java.util.List;
import java.util.Optional;

/// A SELECT that makes each row of its result of one row of FROM: its result changes by what it
/// makes of the rows that change there.
record RowsWay(QueryBody.Select select, Core core, Optional<Keyed> keyed) implements Way {

  @Override
  public Signed signed(Step step) {
    Core.Variants variants = core.variants(step);
    if (variants.all().isEmpty()) {
      Kept none = none(step, step.state(true), select);
      return new Signed(none, none);
    }
    Edits nothing = step.state(true).with(select, step.snippets().filter("false"));
    String gone = step.snippets().body(variants.gone().orElse(nothing).applied(select));
    String come = step.snippets().body(variants.come().orElse(nothing).applied(select));
    return Way.net(step.bench(), gone, come);
  }

  static Kept none(Step step, Edits edits, QueryBody body) {
    return step.bench().keep(step.snippets().body(step.snippets().emptied(edits.applied(body))));
  }

  /// The key of the query that the SELECT reads, which it hands on.
  record Handed(Keyed inner, List<String> columns) implements Keyed {
    @Override
    public Object filtered() {
      return inner.filtered();
    }

    @Override
    public Kept keys(Step step) {
      return inner.keys(step);
    }

    @Override
    public void restrict(Edits edits, Kept keys, Workbench bench, Snippets snippets) {
      inner.restrict(edits, keys, bench, snippets);
    }
  }
}
