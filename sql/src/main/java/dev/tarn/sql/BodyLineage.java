package dev.tarn.sql;

import dev.tarn.sql.tree.CommonTable;
import dev.tarn.sql.tree.QueryBody;
import dev.tarn.vocabulary.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the columns of a query come from: WITH, set operations and recursion; SELECT itself is
/// `SelectLineage`.
final class BodyLineage {

  /// A recursive query's columns can only gather more sources at each pass, so this is never
  /// reached in practice.
  private static final int MOST_PASSES = 50;

  private final LineageWalk walk;
  private final SelectLineage selects;

  BodyLineage(LineageWalk walk) {
    this.walk = walk;
    this.selects = new SelectLineage(walk);
  }

  Outputs outputs(QueryBody body, Scope outer) {
    walk.countBody();
    Scope scope = outer;
    for (CommonTable table : body.commonTables()) {
      scope = scope.with(scope.commonTables().with(table.name(), commonTable(table, scope)));
    }
    return switch (body) {
      case QueryBody.Select select -> selects.outputs(select, scope);
      case QueryBody.SetOperation operation -> setOperation(operation, scope);
      case QueryBody.Recursive recursive -> recursive(recursive, scope);
    };
  }

  private Outputs commonTable(CommonTable table, Scope scope) {
    return outputs(table.body(), scope).renamed(table.columns()).distinctNames();
  }

  private Outputs setOperation(QueryBody.SetOperation operation, Scope scope) {
    List<Outputs> parts = operation.parts().stream().map(part -> outputs(part, scope)).toList();
    Outputs combined =
        switch (operation.kind()) {
          case "UNION_BY_NAME" -> byName(parts);
          case "UNION" -> byPosition(parts);
          default -> filtered(parts);
        };
    Outputs distinct = operation.all() ? combined : combined.alsoDecidedBy(combined.everything());
    return selects.modified(operation.modifiers(), distinct, resultScope(distinct, scope));
  }

  private static Scope resultScope(Outputs outputs, Scope scope) {
    return scope.inside(Frame.of(new Binding(List.of(), outputs)));
  }

  /// EXCEPT and INTERSECT: the values are those of the first part; all parts decide which rows
  /// remain.
  private static Outputs filtered(List<Outputs> parts) {
    Outputs result = parts.getFirst();
    for (Outputs part : parts) {
      result = result.alsoDecidedBy(part.everything()).alsoDecidedBy(part.rows());
    }
    return result;
  }

  private static Outputs byPosition(List<Outputs> parts) {
    Outputs result = parts.getFirst();
    for (Outputs part : parts.subList(1, parts.size())) {
      result =
          result.rest().isPresent() || part.rest().isPresent()
              ? mixed(result, part)
              : zipped(result, part);
    }
    return result;
  }

  private static Outputs zipped(Outputs left, Outputs right) {
    List<FlowColumn> columns = new ArrayList<>();
    for (int i = 0; i < left.columns().size(); i++) {
      FlowColumn column = left.columns().get(i);
      columns.add(i < right.columns().size() ? merged(column, right.columns().get(i)) : column);
    }
    return new Outputs(columns, left.rows().and(right.rows()), left.rest());
  }

  /// Positions can't be told when a part has columns that are not known: each column may come from
  /// any.
  private static Outputs mixed(Outputs left, Outputs right) {
    Flow any = right.everything().asGuess();
    List<FlowColumn> columns =
        left.columns().stream().map(column -> column.with(column.flow().and(any))).toList();
    Optional<Rest> rest = left.rest().map(open -> open.plus(any));
    return new Outputs(columns, left.rows().and(right.rows()), rest);
  }

  private static FlowColumn merged(FlowColumn left, FlowColumn right) {
    Optional<Type> type = left.type().equals(right.type()) ? left.type() : Optional.empty();
    return new FlowColumn(left.name(), type, left.flow().and(right.flow()));
  }

  private static Outputs byName(List<Outputs> parts) {
    List<FlowColumn> columns = new ArrayList<>();
    Flow rows = Flow.NONE;
    Optional<Rest> rest = Optional.empty();
    for (Outputs part : parts) {
      part.columns().forEach(column -> addByName(column, columns));
      rows = rows.and(part.rows());
      rest = Rest.both(rest, part.rest());
    }
    for (Rest open : parts.stream().flatMap(part -> part.rest().stream()).toList()) {
      columns.replaceAll(
          column -> column.with(column.flow().and(open.column(column.name()).asGuess())));
    }
    return new Outputs(columns, rows, rest);
  }

  private static void addByName(FlowColumn column, List<FlowColumn> columns) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equalsIgnoreCase(column.name())) {
        columns.set(i, merged(columns.get(i), column));
        return;
      }
    }
    columns.add(column);
  }

  private Outputs recursive(QueryBody.Recursive body, Scope scope) {
    Outputs result = outputs(body.start(), scope).renamed(body.columns()).distinctNames();
    for (int pass = 0; pass < MOST_PASSES; pass++) {
      CommonTables tables =
          scope.commonTables().with(body.name(), result).with("recurring." + body.name(), result);
      Outputs step = outputs(body.step(), scope.with(tables));
      Outputs next = byPosition(List.of(result, step));
      if (next.equals(result)) {
        break;
      }
      result = next;
    }
    Outputs distinct = body.all() ? result : result.alsoDecidedBy(result.everything());
    Flow keys = walk.expressions().flows(body.keys(), resultScope(distinct, scope));
    return selects.modified(
        body.modifiers(), distinct.alsoDecidedBy(keys), resultScope(distinct, scope));
  }
}
