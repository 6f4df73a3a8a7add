package dev.tarn.sql.change;

import dev.tarn.sql.tree.Expression;
import dev.tarn.sql.tree.QueryBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A SELECT with groups, windows or DISTINCT: each row of its result is made of the rows of FROM
/// that share a key (the columns grouped by, or partitioned by in every window). So only rows of
/// keys can change that a row of FROM which changed has, and those are computed anew from all rows
/// of their keys.
///
/// @param key the parts of the key, as expressions over a row of FROM, in the parser's own form,
///   and their names in the result
record GroupsWay(QueryBody.Select select, Core core, WayReader.Keys key) implements Way {

  @Override
  public Optional<Keyed> keyed() {
    return key.named().map(columns -> new Own(this, columns));
  }

  @Override
  public Signed signed(Step step) {
    Kept changed = keys(step);
    if (changed.isEmpty()) {
      Kept none = RowsWay.none(step, step.state(true), select);
      return new Signed(none, none);
    }
    Edits before = step.state(false);
    Edits after = step.state(true);
    restrict(before, changed, step);
    restrict(after, changed, step);
    return Way.net(
        step.bench(),
        step.snippets().body(before.applied(select)),
        step.snippets().body(after.applied(select)));
  }

  /// How the groups' totals move, where they can be moved.
  Optional<Totals> totals() {
    return Totals.of(select, key);
  }

  /// Queries of the groups over the rows that go, and over those that come, after a first column
  /// that is -1 or 1.
  List<String> moves(Step step) {
    Core.Variants variants = core.variants(step);
    return Stream.concat(
            variants.gone().map(edits -> move(-1, edits, step)).stream(),
            variants.come().map(edits -> move(1, edits, step)).stream())
        .toList();
  }

  /// No other side of a join is to be grouped whole before it meets the few rows that changed: the
  /// engine does so only where it can put parts of all totals together.
  private String move(int sign, Edits edits, Step step) {
    edits.with(select, step.snippets().having("any_value(true)"));
    String groups = step.snippets().body(edits.applied(select));
    return "SELECT " + sign + " AS sign, part.* FROM (" + groups + ") AS part";
  }

  private Kept keys(Step step) {
    var only = step.snippets().only(key.parts());
    String sql =
        core.variants(step).all().stream()
            .map(edits ->
                step.snippets().body(edits.and(key.where()).with(select, only).applied(select)))
            .collect(Collectors.joining(" UNION "));
    if (sql.isEmpty()) {
      Edits nothing = step.state(true).and(key.where()).with(select, only);
      return RowsWay.none(step, nothing, select);
    }
    return step.bench().keep("SELECT DISTINCT * FROM (" + sql + ") AS changed");
  }

  private void restrict(Edits edits, Kept changed, Step step) {
    restrict(edits, changed, step.bench(), step.snippets());
  }

  private void restrict(Edits edits, Kept changed, Workbench bench, Snippets snippets) {
    List<String> values = key.parts().stream().map(snippets.parser()::renderExpression).toList();
    boolean nulls =
        values.size() > 1 || bench.any("SELECT 1 FROM " + changed.sql() + " WHERE k0 IS NULL");
    String bounds = Bounds.of(sides(edits, changed, bench, snippets), changed, bench);
    edits.with(select, snippets.filter(Snippets.among(values, changed, nulls) + bounds));
  }

  /// Parts of the key that are columns, or such rounded down.
  private List<Bounds.Side> sides(Edits edits, Kept changed, Workbench bench, Snippets snippets) {
    List<Bounds.Side> sides = new ArrayList<>();
    for (int i = 0; i < key.parts().size(); i++) {
      Optional<Rounded> rounded = Rounded.of(snippets.expression(key.parts().get(i)));
      if (rounded.isPresent()) {
        Expression.ColumnRef column = rounded.get().column();
        List<String> units = rounded.get().units();
        var only = snippets.only(List.of(column.origin().json()));
        String type =
            units.isEmpty()
                ? ""
                : bench
                    .types(snippets.body(edits.and(key.where()).with(select, only).applied(select)))
                    .getFirst();
        sides.add(
            new Bounds.Side(snippets.expression(column), type, units, changed.columns().get(i)));
      }
    }
    return sides;
  }

  private record Own(GroupsWay way, List<String> columns) implements Keyed {
    @Override
    public Object filtered() {
      return way.select.origin().json();
    }

    @Override
    public Kept keys(Step step) {
      return way.keys(step);
    }

    @Override
    public void restrict(Edits edits, Kept keys, Workbench bench, Snippets snippets) {
      way.restrict(edits, keys, bench, snippets);
    }
  }
}
