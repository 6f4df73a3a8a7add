package dev.tarn.app.plan;

import dev.tarn.app.project.InFile;
import dev.tarn.app.project.ModelFile;
import dev.tarn.app.project.Project;
import dev.tarn.engine.Engine;
import dev.tarn.engine.EngineSession;
import dev.tarn.lake.Lake;
import dev.tarn.orchestrate.TableGraph;
import dev.tarn.quality.CheckBinder;
import dev.tarn.quality.Checks;
import dev.tarn.quality.DeclaredCheck;
import dev.tarn.sql.GuardSettings;
import dev.tarn.sql.Query;
import dev.tarn.sql.QueryGuard;
import dev.tarn.sql.SqlParser;
import dev.tarn.sql.change.UniqueRows;
import dev.tarn.transform.Materialize;
import dev.tarn.transform.Model;
import dev.tarn.transform.RefreshChoice;
import dev.tarn.transform.incremental.Followable;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Understands a whole project without touching data: parses every model, draws the graph, and
/// finds the columns and types of every table through it. Every problem of every file is found in
/// one go.
public final class Analyzer {
  private final Project project;
  private final Lake lake;
  private final Engine engine;
  private final EngineSession session;
  private final SqlParser parser;

  /// Models that must not run: the engine never sees them, since binding alone would open the files
  /// they name.
  private final Set<TableName> refused = new HashSet<>();

  public Analyzer(
      Project project, Lake lake, Engine engine, EngineSession session, SqlParser parser) {
    this.project = project;
    this.lake = lake;
    this.engine = engine;
    this.session = session;
    this.parser = parser;
  }

  /// What the project means, as far as it is right; what is not is added to `problems`.
  ///
  /// @param warnings what a person should know that is no fault
  public Analysis analyze(Problems problems, List<String> warnings) {
    List<KnownSource> sources = new SourceReading(project, problems).sources();
    Map<TableName, Model> models = new LinkedHashMap<>();
    project
        .models()
        .forEach(file -> parse(file, problems).ifPresent(model -> models.put(file.table(), model)));
    TableGraph graph = graph(sources, models);
    circles(graph, models, problems);
    Map<TableName, Model> sound = new LinkedHashMap<>(models);
    sound.keySet().removeAll(refused);
    Binding binding = new Binding(project, sources, sound, lake, session, problems, warnings);
    binding.bind(graph.ordered());
    refuseUnfollowable(sound, binding.schemas(), problems);
    List<KnownModel> known = models.values().stream().map(model -> known(model, problems)).toList();
    try (CheckBinder binder =
        new CheckBinder(engine, parser, query -> QueryGuard.check(query, guard()))) {
      binding.checks(sources, known, binder);
    }
    return new Analysis(
        new Blueprint(project, sources, known, binding.lineage()), binding.schemas());
  }

  private Optional<Model> parse(ModelFile file, Problems problems) {
    try {
      Query query = parser.parse(file.sql());
      List<Problem> refusals = QueryGuard.check(query, guard());
      problems.addAll(InFile.placed(refusals, file.file()));
      if (!refusals.isEmpty()) {
        refused.add(file.table());
      }
      return Optional.of(new Model(file.table(), file.file(), file.sql(), query, file.settings()));
    } catch (Failure failure) {
      problems.addAll(InFile.placed(failure.problems(), file.file()));
      return Optional.empty();
    }
  }

  /// `refresh: incremental` is a promise that the query must be able to keep.
  private void refuseUnfollowable(
      Map<TableName, Model> models, Map<TableName, Schema> schemas, Problems problems) {
    Followable followable =
        new Followable(
            parser,
            table ->
                Optional.ofNullable(models.get(table))
                    .filter(model -> model.settings().materialize() == Materialize.VIEW)
                    .map(Model::query),
            table -> Optional.ofNullable(schemas.get(table)));
    for (Model model : models.values()) {
      if (model.settings().refresh() == RefreshChoice.INCREMENTAL) {
        followable
            .obstacle(model.query())
            .ifPresent(obstacle ->
                problems.add(
                    model.settings().at("refresh"),
                    "this query can't be refreshed incrementally: " + obstacle,
                    "write refresh: auto, or change that part of the query"));
      }
    }
  }

  private GuardSettings guard() {
    return new GuardSettings(project.allowed().contains("files"));
  }

  private KnownModel known(Model model, Problems problems) {
    ModelFile file =
        project.models().stream()
            .filter(candidate -> candidate.table().equals(model.name()))
            .findFirst()
            .orElseThrow();
    List<DeclaredCheck> checks = Checks.read(model.settings().checks(), problems);
    Set<TableName> checkReads = Checks.tables(checks, parser);
    return new KnownModel(
        file,
        model.inputs(),
        checkReads,
        checks,
        UniqueRows.by(parser, model.query()).orElse(List.of()),
        Fingerprints.of(model.query(), file.settings()));
  }

  private static TableGraph graph(List<KnownSource> sources, Map<TableName, Model> models) {
    Map<TableName, List<TableName>> inputs = new LinkedHashMap<>();
    sources.forEach(source -> inputs.put(source.table(), List.of()));
    models.forEach((table, model) ->
        inputs.put(table, model.inputs().stream().map(Blueprint::owner).toList()));
    return new TableGraph(inputs);
  }

  private static void circles(TableGraph graph, Map<TableName, Model> models, Problems problems) {
    for (List<TableName> circle : graph.circles()) {
      List<TableName> round = new ArrayList<>(circle);
      round.add(circle.getFirst());
      Model first = models.get(circle.getFirst());
      Location at =
          first == null ? Location.file(circle.getFirst().toString()) : Location.file(first.file());
      problems.add(
          at,
          "these models read each other in a circle: "
              + round.stream().map(TableName::toString).collect(Collectors.joining(" <- ")),
          "take one of these reads out");
    }
  }
}
