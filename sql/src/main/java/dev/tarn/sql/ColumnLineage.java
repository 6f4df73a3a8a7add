package dev.tarn.sql;

import dev.tarn.vocabulary.LineageEdge;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/// Where each column of a query's result comes from. What can't be told exactly is answered with
/// more, never with less.
public record ColumnLineage(List<OutputColumn> columns) {

  public ColumnLineage {
    columns = List.copyOf(columns);
  }

  /// One column of the result.
  ///
  /// @param name as the engine names it; `*` stands for columns of a table whose schema is not
  ///   known
  /// @param values the columns whose values flow into it
  /// @param conditions the columns that decide which rows or groups it is made of (WHERE, JOIN,
  ///   GROUP BY, HAVING, QUALIFY, DISTINCT, an order that LIMIT cuts, a window's PARTITION BY and
  ///   ORDER BY, FILTER)
  /// @param approximate true when more is named than may really flow
  public record OutputColumn(
      String name,
      SortedSet<SourceColumn> values,
      SortedSet<SourceColumn> conditions,
      boolean approximate) {}

  /// Traces a query, given the schemas of the tables it reads; the query's parser must still be
  /// open.
  public static ColumnLineage of(Query query, Function<TableName, Optional<Schema>> schemas) {
    Outputs outputs = new LineageWalk(query, schemas).trace();
    List<OutputColumn> columns = new ArrayList<>();
    outputs.columns().forEach(column -> columns.add(column(column, outputs.rows())));
    outputs
        .rest()
        .map(rest -> new FlowColumn(SourceColumn.ALL, Optional.empty(), rest.all()))
        .ifPresent(rest -> columns.add(column(rest, outputs.rows())));
    return new ColumnLineage(columns);
  }

  private static OutputColumn column(FlowColumn column, Flow rows) {
    SortedSet<SourceColumn> conditions = new TreeSet<>(column.flow().conditions());
    conditions.addAll(rows.conditions());
    return new OutputColumn(
        column.name(),
        new TreeSet<>(column.flow().values()),
        conditions,
        column.flow().approximate() || rows.approximate());
  }

  /// The lineage as edges to the columns of `table`, which the query makes. A column that is both
  /// is told once, as value.
  public List<LineageEdge> edges(TableName table) {
    List<LineageEdge> edges = new ArrayList<>();
    for (OutputColumn column : columns) {
      column.values().forEach(source -> edges.add(edge(table, column, source, "value")));
      column.conditions().stream()
          .filter(source -> !column.values().contains(source))
          .forEach(source -> edges.add(edge(table, column, source, "condition")));
    }
    return edges;
  }

  private static LineageEdge edge(
      TableName table, OutputColumn column, SourceColumn source, String kind) {
    return new LineageEdge(table, column.name(), source.table(), source.column(), kind);
  }
}
