package dev.tarn.app.plan;

import dev.tarn.app.project.Project;
import dev.tarn.orchestrate.TableGraph;
import dev.tarn.transform.Materialize;
import dev.tarn.vocabulary.LineageEdge;
import dev.tarn.vocabulary.TableName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A project whose every part has been understood and found right.
///
/// @param lineage by model, which columns come from which
public record Blueprint(
    Project project,
    List<KnownSource> sources,
    List<KnownModel> models,
    Map<TableName, List<LineageEdge>> lineage) {

  public Blueprint {
    sources = List.copyOf(sources);
    models = List.copyOf(models);
    lineage = Map.copyOf(lineage);
  }

  /// Sources and models with what they and their checks read. When checks read each other's tables
  /// in a circle, what only checks read does not count.
  public TableGraph graph() {
    TableGraph whole = graph(KnownModel::reads);
    return whole.circles().isEmpty() ? whole : graph(KnownModel::inputs);
  }

  private TableGraph graph(Function<KnownModel, Set<TableName>> reads) {
    Map<TableName, Collection<TableName>> inputs = new TreeMap<>();
    sources.forEach(source -> inputs.put(source.table(), List.of()));
    models.forEach(model ->
        inputs.put(model.table(), reads.apply(model).stream().map(Blueprint::owner).toList()));
    return new TableGraph(inputs);
  }

  /// The table that a step makes when it makes `table`: rows kept aside belong to the table they
  /// were meant for.
  public static TableName owner(TableName table) {
    for (String suffix : List.of("__rejected", "__quarantine")) {
      if (table.name().endsWith(suffix)) {
        return new TableName(
            table.layer(), table.name().substring(0, table.name().length() - suffix.length()));
      }
    }
    return table;
  }

  public Optional<KnownModel> model(TableName table) {
    return models.stream().filter(model -> model.table().equals(table)).findFirst();
  }

  public Optional<KnownSource> source(TableName table) {
    return sources.stream().filter(source -> source.table().equals(table)).findFirst();
  }

  /// What each view reads.
  public Map<TableName, Set<TableName>> viewInputs() {
    return models.stream()
        .filter(model -> model.settings().materialize() == Materialize.VIEW)
        .collect(
            Collectors.toMap(KnownModel::table, KnownModel::inputs, (a, _) -> a, HashMap::new));
  }
}
