package dev.tarn.sql.change;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tarn.sql.tree.Expression;
import dev.tarn.sql.tree.QueryBody;
import dev.tarn.sql.tree.Relation;
import dev.tarn.vocabulary.Identifiers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Which rows of a FROM may change because of rows that they are not made of. Rather more than
/// less.
sealed interface Touch {

  /// The condition, over a row of FROM.
  ///
  /// @param within has the place that changes read the rows that changed
  String condition(Snippets snippets, Edits within);

  /// A row of an outer join changes when it meets a row that changed.
  ///
  /// @param side the side of the join that has the place in it
  record Meets(Relation side, Expression on) implements Touch {
    @Override
    public String condition(Snippets snippets, Edits within) {
      ObjectNode rows = snippets.selection("1", within.applied(side));
      return "EXISTS (" + snippets.body(snippets.where(rows, within.applied(on))) + ")";
    }
  }

  /// The same by USING: the columns have one name on both sides.
  record Shares(Relation side, List<String> columns) implements Touch {
    @Override
    public String condition(Snippets snippets, Edits within) {
      String key =
          IntStream.range(0, columns.size())
              .mapToObj(i -> Snippets.key(i) + " := " + Identifiers.quote(columns.get(i)))
              .collect(Collectors.joining(", ", "struct_pack(", ")"));
      return key + " IN (" + snippets.body(snippets.selection(key, within.applied(side))) + ")";
    }
  }

  /// `x IN (…)` and `x > ANY (…)` change only where a row that changed compares as true or as
  /// unknown.
  record Compares(Expression.Subquery comparison) implements Touch {
    @Override
    public String condition(Snippets snippets, Edits within) {
      return "("
          + snippets.parser().renderExpression(within.applied(comparison))
          + ") IS NOT FALSE";
    }
  }

  /// What a query in an expression gives for a row is made of the rows that its FROM and WHERE give
  /// for it: it changes only where one of those changed.
  record Yields(QueryBody.Select select) implements Touch {
    @Override
    public String condition(Snippets snippets, Edits within) {
      Edits rows = within.copy().with(select, snippets.onlyRows());
      return "EXISTS (" + snippets.body(rows.applied(select)) + ")";
    }
  }
}
