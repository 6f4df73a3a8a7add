package dev.tarn.sql.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tarn.sql.Query;
import dev.tarn.sql.SqlParser;
import dev.tarn.sql.tree.Expression;
import dev.tarn.sql.tree.QueryBody;
import dev.tarn.sql.tree.Relation;
import dev.tarn.sql.tree.SqlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Smaller queries made of one query; not all of them can be computed.
final class QueryCuts {
  private final SqlParser parser;
  private final QueryBody body;
  private final List<String> cuts = new ArrayList<>();

  private QueryCuts(SqlParser parser, QueryBody body) {
    this.parser = parser;
    this.body = body;
  }

  static List<String> of(SqlParser parser, String sql) {
    Query query = parser.parse(sql);
    QueryCuts cuts = new QueryCuts(parser, query.body());
    query.nodes().forEach(cuts::cut);
    return cuts.cuts;
  }

  private void cut(SqlNode node) {
    switch (node) {
      case QueryBody.Select select -> select(select);
      case QueryBody.SetOperation operation ->
          operation.parts().forEach(part -> instead(node, part));
      case QueryBody.Recursive _ -> {}
      case Relation.Join join -> {
        instead(join, join.left());
        instead(join, join.right());
      }
      case Relation.Subquery subquery -> inner(subquery);
      case Relation _ -> {}
      case Expression expression ->
          expression.children().stream()
              .filter(Expression.class::isInstance)
              .forEach(child -> instead(expression, child));
      case SqlNode _ -> {}
    }
  }

  /// What FROM of a query in FROM reads, under its name.
  private void inner(Relation.Subquery subquery) {
    if (subquery.body() instanceof QueryBody.Select select
        && select.from() instanceof Relation.Table table) {
      edit(
          subquery,
          _ -> ((ObjectNode) table.origin().json().deepCopy()).put("alias", subquery.alias()));
    }
  }

  private void select(QueryBody.Select select) {
    select.where().ifPresent(_ -> edit(select, copy -> copy.putNull("where_clause")));
    select.having().ifPresent(_ -> edit(select, copy -> copy.putNull("having")));
    select.qualify().ifPresent(_ -> edit(select, copy -> copy.putNull("qualify")));
    if (!select.modifiers().isEmpty()) {
      edit(
          select,
          copy -> {
            copy.putArray("modifiers");
            return copy;
          });
    }
    for (int i = select.items().size() - 1; i >= 0 && select.items().size() > 1; i--) {
      int at = i;
      edit(
          select,
          copy -> {
            ((ArrayNode) copy.path("select_list")).remove(at);
            return copy;
          });
    }
    if (!select.commonTables().isEmpty()) {
      edit(
          select,
          copy -> {
            ((ObjectNode) copy.path("cte_map")).putArray("map");
            return copy;
          });
    }
  }

  private void instead(SqlNode node, SqlNode part) {
    JsonNode json = part.origin().json();
    edit(
        node,
        copy -> {
          ObjectNode other = json.deepCopy();
          if (node instanceof Expression expression) {
            other.put("alias", expression.alias());
          }
          return other;
        });
  }

  private void edit(SqlNode node, UnaryOperator<ObjectNode> edit) {
    try {
      cuts.add(parser.renderBody(Edits.none().instead(node, edit).applied(body)));
    } catch (RuntimeException cannotBeWritten) {
      // Not every part can stand in every place.
    }
  }
}
