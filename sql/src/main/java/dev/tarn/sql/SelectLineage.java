package dev.tarn.sql;

import dev.tarn.sql.tree.Expression;
import dev.tarn.sql.tree.Modifier;
import dev.tarn.sql.tree.OrderItem;
import dev.tarn.sql.tree.QueryBody;
import dev.tarn.sql.tree.SqlNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What the columns of one SELECT come from, and what decides its rows.
final class SelectLineage {
  private final LineageWalk walk;
  private final FunctionCatalog functions = FunctionCatalog.builtIn();

  SelectLineage(LineageWalk walk) {
    this.walk = walk;
  }

  /// One item and the columns it became.
  private record Item(Expression expression, Outputs outputs) {}

  Outputs outputs(QueryBody.Select select, Scope outer) {
    Frame frame = walk.relations().frame(select.from(), outer);
    Scope scope = outer.inside(frame);
    List<Item> items = new ArrayList<>();
    List<FlowColumn> columns = new ArrayList<>();
    List<FlowColumn> aliases = new ArrayList<>();
    Optional<Rest> rest = Optional.empty();
    for (Expression expression : select.items()) {
      Outputs outputs = walk.items().columns(expression, scope.withAliases(aliases));
      items.add(new Item(expression, outputs));
      columns.addAll(outputs.columns());
      if (!expression.alias().isEmpty()) {
        aliases.addAll(outputs.columns());
      }
      rest = Rest.both(rest, outputs.rest());
    }
    Scope named = scope.withAliases(aliases);
    Outputs outputs = new Outputs(columns, frame.rows(), rest);
    Outputs grouped = outputs.alsoDecidedBy(conditions(select, items, outputs, named));
    return modified(select.modifiers(), grouped, named);
  }

  private Flow conditions(QueryBody.Select select, List<Item> items, Outputs outputs, Scope scope) {
    Flow flow = walk.expressions().flows(select.where().stream().toList(), scope);
    for (Expression group : select.groups()) {
      flow =
          flow.and(
              byPosition(group, outputs).orElseGet(() -> walk.expressions().flow(group, scope)));
    }
    for (Item item : items) {
      flow = multiplies(item.expression()) ? flow.and(item.outputs().everything()) : flow;
    }
    if (select.groupByAll()) {
      flow = flow.and(groupedByAll(items));
    }
    return flow.and(withAliases(select.having(), scope)).and(withAliases(select.qualify(), scope));
  }

  /// `GROUP BY 1`.
  private static Optional<Flow> byPosition(Expression expression, Outputs outputs) {
    if (expression instanceof Expression.Constant constant && constant.kind().equals("INTEGER")) {
      return Optional.of(column(constant.text(), outputs));
    }
    return expression instanceof Expression.Positional positional
        ? Optional.of(column(String.valueOf(positional.index()), outputs))
        : Optional.empty();
  }

  private static Flow column(String position, Outputs outputs) {
    boolean inside =
        position.length() < 6
            && Integer.parseInt(position) <= outputs.columns().size()
            && !position.equals("0");
    return inside && outputs.rest().isEmpty()
        ? outputs.columns().get(Integer.parseInt(position) - 1).flow()
        : outputs.everything();
  }

  private Flow groupedByAll(List<Item> items) {
    return items.stream()
        .filter(item -> !aggregates(item.expression()))
        .map(item -> item.outputs().everything())
        .reduce(Flow.NONE, Flow::and);
  }

  /// `unnest` makes a row of every element.
  private static boolean multiplies(SqlNode node) {
    return switch (node) {
      case Expression.FunctionCall call when call.name().equalsIgnoreCase("unnest") -> true;
      case QueryBody _ -> false;
      case SqlNode other -> other.children().stream().anyMatch(SelectLineage::multiplies);
    };
  }

  private boolean aggregates(SqlNode node) {
    return switch (node) {
      case Expression.FunctionCall call when functions.aggregates(call.name()) -> true;
      case Expression.Window _ -> true;
      case QueryBody _ -> false;
      case SqlNode other -> other.children().stream().anyMatch(this::aggregates);
    };
  }

  private Flow withAliases(Optional<Expression> condition, Scope scope) {
    return condition.map(each -> withAliases(each, scope)).orElse(Flow.NONE);
  }

  /// HAVING, QUALIFY and ORDER BY may name items of SELECT before columns of FROM: both are
  /// counted.
  private Flow withAliases(Expression expression, Scope scope) {
    return walk.expressions().flow(expression, scope).and(aliasesIn(expression, scope));
  }

  private static Flow aliasesIn(SqlNode node, Scope scope) {
    return switch (node) {
      case Expression.ColumnRef column ->
          scope.alias(column.path().getFirst()).map(FlowColumn::flow).orElse(Flow.NONE);
      case QueryBody _ -> Flow.NONE;
      case SqlNode other ->
          other.children().stream()
              .map(child -> aliasesIn(child, scope))
              .reduce(Flow.NONE, Flow::and);
    };
  }

  /// DISTINCT decides by all columns, LIMIT by the order it cuts; an order that cuts nothing
  /// decides nothing.
  Outputs modified(Collection<Modifier> modifiers, Outputs outputs, Scope scope) {
    Flow order = Flow.NONE;
    Flow deciding = Flow.NONE;
    boolean cuts = false;
    for (Modifier modifier : modifiers) {
      switch (modifier) {
        case Modifier.Order by -> order = order.and(order(by, outputs, scope));
        case Modifier.Distinct distinct -> {
          cuts |= !distinct.targets().isEmpty();
          deciding = deciding.and(distinct(distinct, outputs, scope));
        }
        case Modifier.Limit limit -> {
          cuts = true;
          deciding = deciding.and(walk.expressions().flows(limit.limit().stream().toList(), scope));
          deciding =
              deciding.and(walk.expressions().flows(limit.offset().stream().toList(), scope));
        }
      }
    }
    Flow flow = cuts ? deciding.and(order) : deciding;
    return outputs.alsoDecidedBy(flow);
  }

  private Flow order(Modifier.Order by, Outputs outputs, Scope scope) {
    Flow flow = Flow.NONE;
    for (OrderItem item : by.items()) {
      flow = flow.and(target(item.expression(), outputs, scope));
    }
    return flow;
  }

  private Flow distinct(Modifier.Distinct distinct, Outputs outputs, Scope scope) {
    if (distinct.targets().isEmpty()) {
      return outputs.everything();
    }
    Flow flow = Flow.NONE;
    for (Expression expression : distinct.targets()) {
      flow = flow.and(target(expression, outputs, scope));
    }
    return flow;
  }

  private Flow target(Expression expression, Outputs outputs, Scope scope) {
    if (expression instanceof Expression.Star) {
      return outputs.everything();
    }
    return byPosition(expression, outputs).orElseGet(() -> withAliases(expression, scope));
  }
}
