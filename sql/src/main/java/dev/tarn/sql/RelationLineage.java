package dev.tarn.sql;

import dev.tarn.sql.FlowColumn.Value;
import dev.tarn.sql.tree.Argument;
import dev.tarn.sql.tree.Expression;
import dev.tarn.sql.tree.Relation;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What FROM puts in reach. A relation sees the relations on its left, as LATERAL does.
final class RelationLineage {
  private static final List<String> JSON_COLUMNS =
      List.of("key", "value", "type", "atom", "id", "parent", "fullkey", "path");

  private final LineageWalk walk;
  private final JoinLineage joins;

  RelationLineage(LineageWalk walk) {
    this.walk = walk;
    this.joins = new JoinLineage(walk);
  }

  Frame frame(Relation relation, Scope scope) {
    return switch (relation) {
      case Relation.Nothing _ -> Frame.EMPTY;
      case Relation.Table table -> Frame.of(table(table, scope));
      case Relation.Join join -> joins.frame(join, scope);
      case Relation.Subquery subquery -> Frame.of(subquery(subquery, scope));
      case Relation.TableFunction function -> Frame.of(tableFunction(function, scope));
      case Relation.Pivot pivot -> Frame.of(walk.pivots().binding(pivot, scope));
      case Relation.Values values -> Frame.of(values(values, scope));
    };
  }

  private Binding table(Relation.Table table, Scope scope) {
    Outputs outputs = scope.commonTables().find(table.path()).orElseGet(() -> stored(table));
    List<String> name = table.alias().isEmpty() ? table.path() : List.of(table.alias());
    return new Binding(name, outputs.renamed(table.columns()));
  }

  private Outputs stored(Relation.Table table) {
    Optional<TableName> name = new TableReference(table.path(), walk.query().at(table)).table();
    Optional<Schema> schema = name.flatMap(walk::schema);
    if (name.isPresent() && schema.isPresent()) {
      return new Outputs(ValueTypes.columns(name.get(), schema.get()), Flow.NONE, Optional.empty());
    }
    return new Outputs(List.of(), Flow.NONE, Optional.of(Rest.of(name.stream().toList())));
  }

  private Binding subquery(Relation.Subquery subquery, Scope scope) {
    Outputs outputs = walk.bodies().outputs(subquery.body(), scope);
    return new Binding(
        named(subquery.alias()), outputs.renamed(subquery.columns()).distinctNames());
  }

  static List<String> named(String alias) {
    return alias.isEmpty() ? List.of() : List.of(alias);
  }

  private Binding values(Relation.Values values, Scope scope) {
    List<FlowColumn> columns = new ArrayList<>();
    for (int i = 0; i < values.rows().getFirst().size(); i++) {
      Flow flow = Flow.NONE;
      for (List<Expression> row : values.rows()) {
        flow = i < row.size() ? flow.and(walk.expressions().flow(row.get(i), scope)) : flow;
      }
      columns.add(new FlowColumn("col" + i, Optional.empty(), flow));
    }
    Outputs outputs = new Outputs(columns, Flow.NONE, Optional.empty());
    return new Binding(named(values.alias()), outputs.renamed(values.columns()));
  }

  private Binding tableFunction(Relation.TableFunction function, Scope scope) {
    List<Value> arguments = new ArrayList<>();
    for (Argument argument : function.call().arguments()) {
      arguments.add(walk.expressions().value(argument.expression(), scope));
    }
    Flow flow = arguments.stream().map(Value::flow).reduce(Flow.NONE, Flow::and);
    String name = function.call().name().toLowerCase(Locale.ROOT);
    Outputs outputs =
        switch (name) {
          case "range", "generate_series" ->
              one(function, new Value(flow, arguments.getFirst().type()));
          case "unnest" ->
              one(
                  function,
                  new Value(flow, arguments.getFirst().type().flatMap(ValueTypes::element)));
          case "json_each", "json_tree" -> json(flow);
          default -> unknown(flow);
        };
    String alias = function.alias().isEmpty() ? name : function.alias();
    Outputs decided = outputs.alsoDecidedBy(flow);
    return new Binding(
        List.of(alias), withOrdinality(function, decided).renamed(function.columns()));
  }

  /// The alias of a function of one column names the column too.
  private static Outputs one(Relation.TableFunction function, Value value) {
    String name = function.alias().isEmpty() ? function.call().name() : function.alias();
    return new Outputs(
        List.of(new FlowColumn(name, value.type(), value.flow())), Flow.NONE, Optional.empty());
  }

  private static Outputs json(Flow flow) {
    List<FlowColumn> columns =
        JSON_COLUMNS.stream().map(name -> new FlowColumn(name, Optional.empty(), flow)).toList();
    return new Outputs(columns, Flow.NONE, Optional.empty());
  }

  private static Outputs unknown(Flow flow) {
    Rest rest = Rest.of(List.of()).plus(flow);
    return new Outputs(List.of(), Flow.NONE, Optional.of(rest));
  }

  private static Outputs withOrdinality(Relation.TableFunction function, Outputs outputs) {
    if (!function.ordinality()) {
      return outputs;
    }
    List<FlowColumn> columns = new ArrayList<>(outputs.columns());
    Flow counted = outputs.everything().asCondition();
    columns.add(new FlowColumn("ordinality", Optional.of(Type.Primitive.BIGINT), counted));
    return new Outputs(columns, outputs.rows(), outputs.rest());
  }
}
