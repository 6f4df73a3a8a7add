package dev.tarn.app.run;

import dev.tarn.app.plan.Blueprint;
import dev.tarn.app.plan.KnownModel;
import dev.tarn.ingest.Pending;
import dev.tarn.ingest.Source;
import dev.tarn.orchestrate.Selection;
import dev.tarn.orchestrate.TableGraph;
import dev.tarn.store.TableState;
import dev.tarn.transform.Refresh;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Finds out what a run would do, without doing it.
public final class Planner {
  private final Opened opened;
  private final Blueprint blueprint;

  public Planner(Opened opened, Blueprint blueprint) {
    this.opened = opened;
    this.blueprint = blueprint;
  }

  /// The steps of a run of the tables chosen, in the order they would be done.
  public List<PlannedStep> plan(List<String> select, boolean full) {
    TableGraph graph = blueprint.graph();
    Problems problems = new Problems();
    Set<TableName> chosen =
        new Selection(graph, blueprint.project().tags()).choose(select, problems);
    problems.throwIfAny();
    Map<TableName, String> current = opened.lake().versions();
    Map<TableName, TableState> states =
        opened.store().read(transaction -> transaction.states().all()).stream()
            .collect(Collectors.toMap(TableState::table, Function.identity()));
    Refreshes refreshes = new Refreshes(states, current, full);
    Set<TableName> due = new LinkedHashSet<>();
    try (PlannedRefreshes ways = new PlannedRefreshes(opened, blueprint, refreshes)) {
      return steps(graph, chosen, refreshes, ways, due);
    }
  }

  private List<PlannedStep> steps(
      TableGraph graph,
      Set<TableName> chosen,
      Refreshes refreshes,
      PlannedRefreshes ways,
      Set<TableName> due) {
    List<PlannedStep> steps = new ArrayList<>();
    for (TableName table : graph.ordered()) {
      if (chosen.contains(table)) {
        PlannedStep step = step(table, graph, refreshes, ways, due);
        steps.add(step);
        if (step.due()) {
          due.add(table);
        }
      }
    }
    return steps;
  }

  private PlannedStep step(
      TableName table,
      TableGraph graph,
      Refreshes refreshes,
      PlannedRefreshes ways,
      Set<TableName> due) {
    List<TableName> affects = List.copyOf(graph.downstream(table));
    Optional<KnownModel> model = blueprint.model(table);
    if (model.isEmpty()) {
      Source source = blueprint.source(table).orElseThrow().source();
      Pending pending = source.pending(opened.lake());
      return new PlannedStep(
          table,
          pending.items() > 0,
          pending.items() > 0 ? "land" : "nothing",
          pending.text(),
          "",
          affects,
          source.outdated(opened.lake()));
    }
    List<TableName> above = graph.inputs(table).stream().filter(due::contains).toList();
    Optional<String> changing =
        Optional.of(above)
            .filter(tables -> !tables.isEmpty() && refreshes.rolledBack(table).isEmpty())
            .map(tables ->
                tables.stream().limit(3).map(TableName::toString).collect(Collectors.joining(", "))
                    + " will change");
    Map<String, String> versions = versions(model.get().reads());
    Optional<Refresh> refresh = refreshes.choose(model.get(), versions);
    Optional<String> why = changing.or(() -> refresh.map(Refresh::why));
    return new PlannedStep(
        table,
        why.isPresent(),
        why.isPresent() ? "refresh" : "nothing",
        why.orElse("nothing new"),
        why.isPresent() ? ways.of(model.get(), refresh, above) : "",
        affects,
        0);
  }

  private Map<String, String> versions(Set<TableName> inputs) {
    Map<TableName, String> all = opened.lake().versions();
    Map<String, String> versions = new HashMap<>();
    Set<TableName> open = new LinkedHashSet<>(inputs);
    while (!open.isEmpty()) {
      TableName table = open.iterator().next();
      open.remove(table);
      Optional.ofNullable(all.get(table))
          .filter(version -> versions.put(table.toString(), version) == null)
          .ifPresent(_ -> open.addAll(blueprint.viewInputs().getOrDefault(table, Set.of())));
    }
    return versions;
  }
}
