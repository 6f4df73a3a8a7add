package dev.tarn.sql.change;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tarn.sql.tree.Expression;
import dev.tarn.sql.tree.QueryBody;
import dev.tarn.sql.tree.Relation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Which rows of a FROM may change because of rows that they are not made of. Rather more than
/// less.
///
/// Where rows further in change by a touch too, those are found first, among the rows of before and
/// among those of now, and here counts what meets one of them.
sealed interface Touch {

  /// The condition, over a row of FROM.
  String condition(States states);

  /// The trees in which changed rows are sought.
  ///
  /// @param changed reads the rows that changed, and only these, in the place that changes
  /// @param before reads the rows of before there
  /// @param after reads the rows of now there
  record States(Snippets snippets, Edits changed, Edits before, Edits after) {

    /// The trees in which rows satisfy `inner`, or are changed rows themselves.
    Stream<Edits> of(Optional<Touch> inner) {
      return inner.isPresent() ? Stream.of(before, after) : Stream.of(changed);
    }

    Optional<String> condition(Optional<Touch> inner) {
      return inner.map(touch -> touch.condition(this));
    }

    /// Those rows of a SELECT that satisfy `inner`.
    ObjectNode touched(ObjectNode select, Optional<Touch> inner) {
      return condition(inner).map(snippets::filter).map(edit -> edit.apply(select)).orElse(select);
    }
  }

  private static String any(Stream<String> conditions) {
    return conditions.collect(Collectors.joining(" OR ", "(", ")"));
  }

  /// A row of an outer join changes when it meets a row that changed.
  ///
  /// @param side the side of the join that has the place in it
  /// @param on the condition, its columns qualified
  record Meets(Relation side, Expression on, Edits qualified, Optional<Touch> inner)
      implements Touch {
    @Override
    public String condition(States states) {
      Snippets snippets = states.snippets();
      return any(
          states
              .of(inner)
              .map(edits -> {
                ObjectNode rows = snippets.selection("1", edits.applied(side));
                ObjectNode met = snippets.where(rows, edits.and(qualified).applied(on));
                return "EXISTS (" + snippets.body(states.touched(met, inner)) + ")";
              }));
    }
  }

  /// A row of a join by equality changes when it has a key that a changed row has: what it shares a
  /// key with are all rows that it meets.
  ///
  /// @param side the side of the join that has the place in it
  /// @param own the parts of the key, over a row of that side
  /// @param rows the same over a row of FROM; several where it may be in one or the other
  record Shares(Relation side, List<String> own, List<List<String>> rows, Optional<Touch> inner)
      implements Touch {
    @Override
    public String condition(States states) {
      Snippets snippets = states.snippets();
      String keys =
          states
              .of(inner)
              .map(edits -> {
                ObjectNode found = snippets.selection(packed(own), edits.applied(side));
                return snippets.body(states.touched(found, inner));
              })
              .collect(Collectors.joining(" UNION ALL "));
      return any(rows.stream().map(row -> packed(row) + " IN (" + keys + ")"));
    }

    private static String packed(List<String> values) {
      return IntStream.range(0, values.size())
          .mapToObj(i -> Snippets.key(i) + " := " + values.get(i))
          .collect(Collectors.joining(", ", "struct_pack(", ")"));
    }
  }

  /// `x IN (…)` and `x > ANY (…)` change only where a row that changed compares as true or as
  /// unknown.
  record Compares(Expression.Subquery comparison) implements Touch {
    @Override
    public String condition(States states) {
      return "("
          + states.snippets().parser().renderExpression(states.changed().applied(comparison))
          + ") IS NOT FALSE";
    }
  }

  /// What a query in an expression, or one in FROM that names columns on its left, gives for a row
  /// is made of the rows that its FROM and WHERE give for it: it changes only where one of those
  /// changed.
  ///
  /// @param where WHERE without the names that SELECT gives
  record Yields(QueryBody.Select select, Edits where, Optional<Touch> inner) implements Touch {
    @Override
    public String condition(States states) {
      Snippets snippets = states.snippets();
      return any(
          states
              .of(inner)
              .map(edits -> edits.and(where))
              .map(edits -> {
                states
                    .condition(inner)
                    .ifPresent(touched -> edits.with(select, snippets.filter(touched)));
                edits.with(select, snippets.onlyRows());
                return "EXISTS (" + snippets.body(edits.applied(select)) + ")";
              }));
    }
  }
}
