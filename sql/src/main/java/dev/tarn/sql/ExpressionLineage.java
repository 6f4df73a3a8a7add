package dev.tarn.sql;

import dev.tarn.sql.FlowColumn.Value;
import dev.tarn.sql.tree.Argument;
import dev.tarn.sql.tree.Expression;
import dev.tarn.sql.tree.OrderItem;
import dev.tarn.sql.tree.SqlNode;
import dev.tarn.vocabulary.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What flows into the value of an expression. All it is computed from counts as value, also what a
/// CASE tests; only windows' PARTITION BY and ORDER BY, FILTER, and the order of an aggregate's
/// rows count as condition.
final class ExpressionLineage {
  private final LineageWalk walk;

  ExpressionLineage(LineageWalk walk) {
    this.walk = walk;
  }

  Flow flow(Expression expression, Scope scope) {
    return value(expression, scope).flow();
  }

  Value value(Expression expression, Scope scope) {
    return switch (expression) {
      case Expression.ColumnRef column -> scope.resolve(column.path()).value();
      case Expression.Constant _ -> Value.NONE;
      case Expression.Parameter _ -> Value.NONE;
      case Expression.TypeName _ -> Value.NONE;
      case Expression.Positional positional -> positional(positional, scope);
      case Expression.FunctionCall call -> call(call, scope);
      case Expression.Window window -> window(window, scope);
      case Expression.Operator operator -> operator(operator, scope);
      case Expression.Cast cast -> new Value(flow(cast.value(), scope), CastType.of(cast.type()));
      case Expression.Case choice -> choice(choice, scope);
      case Expression.Collate collate -> value(collate.value(), scope);
      case Expression.Lambda lambda -> new Value(lambda(lambda, scope), Optional.empty());
      case Expression.Subquery subquery -> subquery(subquery, scope);
      case Expression.Star star -> star(star, scope);
      case Expression.Comparison comparison -> new Value(all(comparison, scope), Optional.empty());
      case Expression.Conjunction conjunction ->
          new Value(all(conjunction, scope), Optional.empty());
      case Expression.Between between -> new Value(all(between, scope), Optional.empty());
    };
  }

  Flow flows(Collection<? extends Expression> expressions, Scope scope) {
    return expressions.stream().map(each -> flow(each, scope)).reduce(Flow.NONE, Flow::and);
  }

  Flow orders(Collection<OrderItem> items, Scope scope) {
    return flows(items.stream().map(OrderItem::expression).toList(), scope).asCondition();
  }

  private Flow all(Expression expression, Scope scope) {
    Flow flow = Flow.NONE;
    for (SqlNode child : expression.children()) {
      if (child instanceof Expression part) {
        flow = flow.and(flow(part, scope));
      }
    }
    return flow;
  }

  private Value choice(Expression.Case choice, Scope scope) {
    Value first = value(choice.whens().getFirst().result(), scope);
    Flow flow = first.flow().and(flow(choice.otherwise(), scope));
    for (int i = 0; i < choice.whens().size(); i++) {
      Expression.Case.When when = choice.whens().get(i);
      flow = flow.and(flow(when.condition(), scope));
      flow = i == 0 ? flow : flow.and(flow(when.result(), scope));
    }
    return new Value(flow, first.type());
  }

  private Value positional(Expression.Positional positional, Scope scope) {
    List<Frame.Located> columns = scope.frame().star();
    int index = positional.index() - 1;
    return index >= 0 && index < columns.size() && scope.frame().rest().isEmpty()
        ? columns.get(index).column().value()
        : new Value(scope.frame().everything().asGuess(), Optional.empty());
  }

  private Value call(Expression.FunctionCall call, Scope scope) {
    List<Value> arguments = new ArrayList<>();
    call.arguments().forEach(argument -> arguments.add(value(argument.expression(), scope)));
    Flow flow = arguments.stream().map(Value::flow).reduce(Flow.NONE, Flow::and);
    flow = flow.and(flows(call.filter().stream().toList(), scope).asCondition());
    flow = flow.and(orders(call.orders(), scope)).and(method(call, scope));
    List<String> names = call.arguments().stream().map(Argument::name).toList();
    return new Value(
        flow, ValueTypes.ofCall(call.name().toLowerCase(java.util.Locale.ROOT), names, arguments));
  }

  /// `l.list_sum()` calls a function on a column: the parser writes the column as the function's
  /// schema.
  private static Flow method(Expression.FunctionCall call, Scope scope) {
    if (call.path().size() < 2) {
      return Flow.NONE;
    }
    List<String> object = call.path().subList(0, call.path().size() - 1);
    return scope.known(object).map(FlowColumn::flow).orElse(Flow.NONE);
  }

  private Value window(Expression.Window window, Scope scope) {
    List<Value> arguments = new ArrayList<>();
    window.arguments().forEach(argument -> arguments.add(value(argument.expression(), scope)));
    Flow flow = arguments.stream().map(Value::flow).reduce(Flow.NONE, Flow::and);
    flow = flow.and(flows(window.bounds(), scope));
    flow = flow.and(flows(window.partitions(), scope).asCondition());
    flow = flow.and(orders(window.orders(), scope)).and(orders(window.argumentOrders(), scope));
    flow = flow.and(flows(window.filter().stream().toList(), scope).asCondition());
    return new Value(flow, ValueTypes.ofCall(window.name(), List.of(), arguments));
  }

  private Value operator(Expression.Operator operator, Scope scope) {
    List<Value> operands = operator.operands().stream().map(each -> value(each, scope)).toList();
    Flow flow = operands.stream().map(Value::flow).reduce(Flow.NONE, Flow::and);
    Optional<Type> first = operands.isEmpty() ? Optional.empty() : operands.getFirst().type();
    return switch (operator.kind()) {
      case "GROUPING_FUNCTION" -> new Value(flow.asCondition(), Optional.empty());
      case "STRUCT_EXTRACT" -> new Value(flow, field(operator, first));
      case "ARRAY_EXTRACT" ->
          new Value(flow, first.flatMap(ValueTypes::element).or(() -> field(operator, first)));
      case "OPERATOR_COALESCE", "ARRAY_SLICE", "OPERATOR_TRY" -> new Value(flow, first);
      case "ARRAY_CONSTRUCTOR" -> new Value(flow, first.map(Type.ListOf::new));
      default -> new Value(flow, Optional.empty());
    };
  }

  private static Optional<Type> field(Expression.Operator operator, Optional<Type> whole) {
    return operator.operands().getLast() instanceof Expression.Constant name
        ? whole.flatMap(type -> ValueTypes.field(type, name.text()))
        : Optional.empty();
  }

  private Flow lambda(Expression.Lambda lambda, Scope scope) {
    if (!lambda.keyword()) {
      return all(lambda, scope);
    }
    return flow(lambda.body(), scope.withParameters(parameters(lambda.parameters())));
  }

  static List<String> parameters(Expression parameters) {
    return switch (parameters) {
      case Expression.ColumnRef one -> List.of(one.path().getFirst());
      case Expression.FunctionCall row ->
          row.arguments().stream().flatMap(each -> parameters(each.expression()).stream()).toList();
      default -> List.of();
    };
  }

  private Value subquery(Expression.Subquery subquery, Scope scope) {
    Outputs outputs = walk.bodies().outputs(subquery.body(), scope);
    Flow operand = flows(subquery.operand().stream().toList(), scope);
    Flow rows = outputs.rows().asCondition();
    return switch (subquery.kind()) {
      case "EXISTS", "NOT_EXISTS" -> new Value(operand.and(rows), Optional.empty());
      default -> {
        Optional<Type> type =
            outputs.columns().isEmpty() ? Optional.empty() : outputs.columns().getFirst().type();
        yield new Value(operand.and(outputs.everything()).and(rows), type);
      }
    };
  }

  private Value star(Expression.Star star, Scope scope) {
    return scope
        .starred()
        .map(FlowColumn::value)
        .orElseGet(
            () -> new Value(walk.stars().columns(star, scope).everything(), Optional.empty()));
  }
}
