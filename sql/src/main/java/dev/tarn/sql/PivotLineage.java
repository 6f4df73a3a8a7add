package dev.tarn.sql;

import dev.tarn.sql.tree.Expression;
import dev.tarn.sql.tree.PivotColumn;
import dev.tarn.sql.tree.Relation;
import dev.tarn.sql.tree.SqlNode;
import dev.tarn.vocabulary.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What the columns of PIVOT and UNPIVOT come from.
final class PivotLineage {
  private final LineageWalk walk;

  PivotLineage(LineageWalk walk) {
    this.walk = walk;
  }

  Binding binding(Relation.Pivot pivot, Scope outer) {
    Frame source = walk.relations().frame(pivot.source(), outer);
    Scope scope = outer.inside(source);
    Outputs outputs = pivot.unpivots() ? unpivoted(pivot, scope) : pivoted(pivot, scope);
    List<String> name = RelationLineage.named(pivot.alias());
    return new Binding(
        name, outputs.alsoDecidedBy(source.rows()).renamed(pivot.columns()).distinctNames());
  }

  /// The groups, then a column for each value and aggregate. Groups and the pivoted column decide
  /// which rows each is made of.
  private Outputs pivoted(Relation.Pivot pivot, Scope scope) {
    List<FlowColumn> columns = new ArrayList<>(groups(pivot, scope));
    Optional<Rest> rest = pivot.groups().isEmpty() ? scope.frame().rest() : Optional.empty();
    Flow others = rest.map(Rest::all).orElse(Flow.NONE);
    Flow deciding = columns.stream().map(FlowColumn::flow).reduce(others, Flow::and);
    Flow pivoted = Flow.NONE;
    boolean listed = true;
    for (PivotColumn column : pivot.pivots()) {
      pivoted = pivoted.and(walk.expressions().flows(column.expressions(), scope));
      listed &= column.enumeration().isEmpty();
    }
    for (String prefix : prefixes(pivot.pivots())) {
      columns.addAll(made(prefix, pivot.aggregates(), scope, pivoted.asCondition()));
    }
    if (!listed) {
      Flow any = walk.expressions().flows(pivot.aggregates(), scope).and(pivoted).asGuess();
      columns.add(new FlowColumn(SourceColumn.ALL, Optional.empty(), any));
    }
    return new Outputs(columns, deciding.asCondition(), rest);
  }

  private List<FlowColumn> groups(Relation.Pivot pivot, Scope scope) {
    if (!pivot.groups().isEmpty()) {
      return pivot.groups().stream().map(name -> scope.resolve(List.of(name))).toList();
    }
    Set<String> used = new HashSet<>();
    pivot.aggregates().forEach(aggregate -> names(aggregate, used));
    pivot.pivots().forEach(column -> column.expressions().forEach(each -> names(each, used)));
    return others(scope, used);
  }

  private static List<FlowColumn> others(Scope scope, Set<String> used) {
    return scope.frame().star().stream()
        .map(Frame.Located::column)
        .filter(column -> !used.contains(column.name().toLowerCase(Locale.ROOT)))
        .toList();
  }

  private static void names(SqlNode node, Set<String> names) {
    if (node instanceof Expression.ColumnRef column) {
      names.add(column.path().getLast().toLowerCase(Locale.ROOT));
    }
    node.children().forEach(child -> names(child, names));
  }

  /// The values joined by `_`, for every combination.
  private static List<String> prefixes(List<PivotColumn> pivots) {
    List<String> prefixes = List.of("");
    for (PivotColumn pivot : pivots) {
      List<String> longer = new ArrayList<>();
      for (String prefix : prefixes) {
        for (PivotColumn.Entry entry : pivot.entries()) {
          longer.add(prefix.isEmpty() ? name(entry) : prefix + "_" + name(entry));
        }
      }
      prefixes = longer;
    }
    return prefixes;
  }

  private static String name(PivotColumn.Entry entry) {
    if (!entry.alias().isEmpty() || !entry.expression().alias().isEmpty()) {
      return entry.alias().isEmpty() ? entry.expression().alias() : entry.alias();
    }
    return text(entry.expression());
  }

  private static String text(Expression value) {
    return switch (value) {
      case Expression.Constant constant ->
          constant.kind().equals("NULL_LITERAL") ? "NULL" : constant.text();
      case Expression.ColumnRef column -> column.path().getLast();
      case Expression.FunctionCall row ->
          String.join("_", row.arguments().stream().map(each -> text(each.expression())).toList());
      default -> "?";
    };
  }

  /// Without aggregates the rows are counted; the column bears the value's name alone unless there
  /// are several aggregates or it has an alias.
  private List<FlowColumn> made(
      String prefix, List<Expression> aggregates, Scope scope, Flow pivoted) {
    if (aggregates.isEmpty()) {
      return List.of(new FlowColumn(prefix, Optional.of(Type.Primitive.BIGINT), pivoted));
    }
    List<FlowColumn> columns = new ArrayList<>();
    for (Expression aggregate : aggregates) {
      boolean plain = aggregates.size() == 1 && aggregate.alias().isEmpty();
      String own =
          aggregate.alias().isEmpty() && !plain
              ? walk.query().nameOf(aggregate)
              : aggregate.alias();
      FlowColumn.Value value = walk.expressions().value(aggregate, scope);
      columns.add(
          new FlowColumn(
              plain ? prefix : prefix + "_" + own, value.type(), value.flow().and(pivoted)));
    }
    return columns;
  }

  /// The other columns, then the names, then the values. Rows without a value are left out, unless
  /// they are to be kept.
  private Outputs unpivoted(Relation.Pivot pivot, Scope scope) {
    Set<String> used = new HashSet<>();
    List<Flow> values = new ArrayList<>();
    pivot.values().forEach(_ -> values.add(Flow.NONE));
    List<String> names = new ArrayList<>();
    for (PivotColumn column : pivot.pivots()) {
      names.addAll(column.names());
      for (PivotColumn.Entry entry : column.entries()) {
        for (List<FlowColumn> row : rows(entry.expression(), scope)) {
          for (int i = 0; i < row.size(); i++) {
            used.add(row.get(i).name().toLowerCase(Locale.ROOT));
            int at = Math.min(i, values.size() - 1);
            values.set(at, values.get(at).and(row.get(i).flow()));
          }
        }
      }
    }
    List<FlowColumn> columns = new ArrayList<>(others(scope, used));
    names.forEach(
        name -> columns.add(new FlowColumn(name, Optional.of(Type.Primitive.VARCHAR), Flow.NONE)));
    Flow all = Flow.NONE;
    for (int i = 0; i < values.size(); i++) {
      columns.add(new FlowColumn(pivot.values().get(i), Optional.empty(), values.get(i)));
      all = all.and(values.get(i));
    }
    return new Outputs(
        columns, pivot.includeNulls() ? Flow.NONE : all.asCondition(), scope.frame().rest());
  }

  /// The columns that an entry turns into rows: one, several of one row, or one row for each that a
  /// star stands for.
  private List<List<FlowColumn>> rows(Expression entry, Scope scope) {
    return switch (entry) {
      case Expression.Star star ->
          walk.stars().columns(star, scope).columns().stream().map(List::of).toList();
      case Expression.FunctionCall row ->
          List.of(
              row.arguments().stream()
                  .map(each -> walk.items().columns(each.expression(), scope).columns().getFirst())
                  .toList());
      case Expression.ColumnRef column -> List.of(List.of(scope.resolve(column.path())));
      default -> List.of(walk.items().columns(entry, scope).columns());
    };
  }
}
