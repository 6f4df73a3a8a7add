package dev.tarn.orchestrate;

import dev.tarn.vocabulary.TableName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which table is made from which. An arrow goes from an input to what is made from it.
public final class TableGraph {
  private final Map<TableName, Set<TableName>> inputs = new TreeMap<>();
  private final Map<TableName, Set<TableName>> outputs = new TreeMap<>();

  /// @param inputs for every table of the project, the tables of the project that it reads
  public TableGraph(Map<TableName, ? extends Collection<TableName>> inputs) {
    inputs.keySet().forEach(table -> this.inputs.put(table, new TreeSet<>()));
    inputs.keySet().forEach(table -> this.outputs.put(table, new TreeSet<>()));
    inputs.forEach((table, read) ->
        read.stream().filter(inputs::containsKey).forEach(input -> connect(input, table)));
  }

  private void connect(TableName input, TableName table) {
    of(inputs, table).add(input);
    of(outputs, input).add(table);
  }

  private static Set<TableName> of(Map<TableName, Set<TableName>> edges, TableName table) {
    return edges.getOrDefault(table, Set.of());
  }

  public Set<TableName> tables() {
    return inputs.keySet();
  }

  /// The tables that `table` reads.
  public Set<TableName> inputs(TableName table) {
    return of(inputs, table);
  }

  /// The tables that read `table`.
  public Set<TableName> outputs(TableName table) {
    return of(outputs, table);
  }

  /// Everything that `table` is made from, at any distance.
  public Set<TableName> upstream(TableName table) {
    return reach(table, inputs);
  }

  /// Everything made from `table`, at any distance.
  public Set<TableName> downstream(TableName table) {
    return reach(table, outputs);
  }

  private static Set<TableName> reach(TableName from, Map<TableName, Set<TableName>> edges) {
    Set<TableName> reached = new LinkedHashSet<>();
    Deque<TableName> next = new ArrayDeque<>(of(edges, from));
    while (!next.isEmpty()) {
      TableName table = next.removeFirst();
      if (reached.add(table)) {
        next.addAll(of(edges, table));
      }
    }
    return reached;
  }

  /// The tables, each after all it reads; ties in the order of names. Tables on a circle are left
  /// out.
  public List<TableName> ordered() {
    Map<TableName, Integer> open = new TreeMap<>();
    inputs.forEach((table, read) -> open.put(table, read.size()));
    TreeSet<TableName> ready = new TreeSet<>();
    open.forEach((table, count) -> addIfZero(ready, table, count));
    List<TableName> ordered = new ArrayList<>();
    while (!ready.isEmpty()) {
      TableName table = ready.removeFirst();
      ordered.add(table);
      of(outputs, table)
          .forEach(output -> addIfZero(ready, output, open.merge(output, -1, Integer::sum)));
    }
    return ordered;
  }

  private static void addIfZero(Set<TableName> ready, TableName table, int count) {
    if (count == 0) {
      ready.add(table);
    }
  }

  /// Circles, each as the tables on it in order; one per group of tables that reach each other.
  public List<List<TableName>> circles() {
    Set<TableName> suspects = new TreeSet<>(inputs.keySet());
    ordered().forEach(suspects::remove);
    List<List<TableName>> circles = new ArrayList<>();
    while (!suspects.isEmpty()) {
      TableName start = suspects.iterator().next();
      List<TableName> circle = circleThrough(start);
      if (!circle.isEmpty()) {
        circles.add(circle);
        suspects.removeAll(upstream(start));
      }
      suspects.remove(start);
    }
    return circles;
  }

  /// The shortest way from `start` back to itself, or nothing.
  private List<TableName> circleThrough(TableName start) {
    Map<TableName, TableName> cameFrom = new LinkedHashMap<>();
    Deque<TableName> next = new ArrayDeque<>(List.of(start));
    while (!next.isEmpty()) {
      TableName table = next.removeFirst();
      for (TableName output : of(outputs, table)) {
        if (output.equals(start)) {
          return path(cameFrom, start, table);
        }
        if (cameFrom.putIfAbsent(output, table) == null) {
          next.add(output);
        }
      }
    }
    return List.of();
  }

  private static List<TableName> path(
      Map<TableName, TableName> cameFrom, TableName start, TableName end) {
    List<TableName> path = new ArrayList<>();
    TableName at = end;
    while (!at.equals(start)) {
      path.addFirst(at);
      at = cameFrom.getOrDefault(at, start);
    }
    path.addFirst(start);
    return path;
  }
}
