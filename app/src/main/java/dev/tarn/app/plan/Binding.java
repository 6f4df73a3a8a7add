package dev.tarn.app.plan;

import dev.tarn.app.project.InFile;
import dev.tarn.app.project.Project;
import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.lake.Lake;
import dev.tarn.lake.LakeTable;
import dev.tarn.lake.LakeView;
import dev.tarn.quality.Audited;
import dev.tarn.quality.CheckBinder;
import dev.tarn.quality.DeclaredCheck;
import dev.tarn.quality.KnownTables;
import dev.tarn.quality.QuarantineTable;
import dev.tarn.sql.ColumnLineage;
import dev.tarn.sql.QueryGuard;
import dev.tarn.sql.TableReference;
import dev.tarn.transform.HistorySettings;
import dev.tarn.transform.Lookback;
import dev.tarn.transform.Materialize;
import dev.tarn.transform.Model;
import dev.tarn.transform.history.HistoryTable;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Layer;
import dev.tarn.vocabulary.LineageEdge;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.Suggestions;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Finds the columns and types of every table, in the order of the graph, by having the engine bind
/// each model over empty tables. A table whose columns can't be known yet (a source without
/// contract and without files) leaves what is below it unbound, with a warning.
final class Binding implements KnownTables {
  private final List<KnownSource> sources;
  private final Map<TableName, Model> models;
  private final Lake lake;
  private final EngineSession session;
  private final Problems problems;
  private final List<String> warnings;
  private final Map<TableName, Schema> schemas = new HashMap<>();
  private final Map<TableName, List<LineageEdge>> lineage = new HashMap<>();
  private final Set<TableName> known = new TreeSet<>();

  Binding(
      Project project,
      List<KnownSource> sources,
      Map<TableName, Model> models,
      Lake lake,
      EngineSession session,
      Problems problems,
      List<String> warnings) {
    this.sources = sources;
    this.models = models;
    this.lake = lake;
    this.session = session;
    this.problems = problems;
    this.warnings = warnings;
    project.models().forEach(model -> know(model.table()));
    project.sources().forEach(source -> know(source.table()));
  }

  private void know(TableName table) {
    known.addAll(List.of(table, table.rejected(), table.quarantine()));
  }

  Map<TableName, Schema> schemas() {
    return schemas;
  }

  Map<TableName, List<LineageEdge>> lineage() {
    return lineage;
  }

  /// Binds sources, then models in that order.
  void bind(List<TableName> ordered) {
    known.addAll(lake.tables());
    known.addAll(lake.views());
    sources.forEach(this::source);
    ordered.stream()
        .flatMap(table -> Optional.ofNullable(models.get(table)).stream())
        .forEach(this::model);
  }

  private void source(KnownSource source) {
    try {
      Optional<Schema> expected = source.source().expected(lake, session);
      expected.ifPresent(schema -> put(source.table(), schema));
      source
          .source()
          .expectedRejected(lake)
          .ifPresent(schema -> put(source.table().rejected(), schema));
      boolean none =
          lake.find(source.table()).isEmpty() && source.source().pending(lake).items() == 0;
      if (expected.isEmpty()) {
        String why = none ? "it has no columns: and no file" : "none of its files can be read";
        warn(source, "the columns of " + source.table() + " are not known yet: " + why);
      } else if (none) {
        warn(source, source.table() + " is empty: no file has come yet");
      }
    } catch (Failure failure) {
      problems.addAll(InFile.placed(failure.problems(), source.file().file()));
    }
  }

  private void warn(KnownSource source, String text) {
    warnings.add(source.file().file() + "  " + text);
  }

  private void put(TableName table, Schema schema) {
    schemas.put(table, schema);
    session.exposeEmpty(table, schema);
  }

  private void model(Model model) {
    boolean bound = true;
    for (TableReference reference : model.query().tables()) {
      bound &= reference(model, reference);
    }
    if (bound) {
      bind(model);
    }
  }

  /// Whether the table can be read.
  private boolean reference(Model model, TableReference reference) {
    Location at = new Location(model.file(), reference.at().line(), reference.at().column());
    Optional<TableName> table = reference.table();
    if (QueryGuard.isFile(reference)) {
      return true; // The guard let it pass: the project allows files.
    }
    if (table.isEmpty()) {
      problems.add(
          at,
          "'" + reference.name() + "' is not a table of the lake",
          "write layer.name, as in silver.orders");
      return false;
    }
    if (table.get().layer().equals(Layer.SYSTEM)) {
      problems.add(
          at,
          "'" + table.get() + "' can be asked, but not read by a model",
          "it tells of runs and changes with each: ask it with tarn query");
      return false;
    }
    if (!known.contains(table.get())) {
      problems.add(at, "unknown table '" + table.get() + "'", didYouMean(table.get()));
      return false;
    }
    return schemas.containsKey(table.get()) || fromLake(table.get());
  }

  private boolean fromLake(TableName table) {
    Optional<Schema> schema =
        lake.find(table).map(LakeTable::schema).or(() -> lake.view(table).map(LakeView::schema));
    schema = schema.or(() -> keptAside(table));
    schema.ifPresent(found -> put(table, found));
    return schema.isPresent();
  }

  private Optional<Schema> keptAside(TableName table) {
    TableName owner = Blueprint.owner(table);
    return table.equals(owner.quarantine())
        ? Optional.ofNullable(schemas.get(owner)).map(schema -> QuarantineTable.of(schema).schema())
        : Optional.empty();
  }

  /// Where rows are kept aside is offered only to those who were after it.
  private String didYouMean(TableName typed) {
    boolean aside = typed.name().contains("__");
    return Suggestions.didYouMean(
        typed.toString(),
        known.stream()
            .filter(table -> aside || table.equals(Blueprint.owner(table)))
            .map(TableName::toString)
            .toList());
  }

  private void bind(Model model) {
    try (EngineConnection connection = session.connect()) {
      Schema query = connection.describe(model.sql());
      Optional<Schema> columns = columns(model, query);
      if (columns.isEmpty()) {
        return;
      }
      put(model.name(), columns.get());
      columnsExist(model, columns.get());
      lineage.put(model.name(), edges(model));
    } catch (Failure failure) {
      problems.addAll(InFile.placed(failure.problems(), model.file()));
    }
  }

  /// The times of a history come from the column that says when its rows changed.
  private List<LineageEdge> edges(Model model) {
    List<LineageEdge> edges =
        new ArrayList<>(
            ColumnLineage.of(model.query(), table -> Optional.ofNullable(schemas.get(table)))
                .edges(model.name()));
    Optional<String> updatedAt = model.settings().history().updatedAt();
    List.copyOf(edges).stream()
        .filter(edge -> updatedAt.filter(edge.column()::equalsIgnoreCase).isPresent())
        .forEach(edge -> HistorySettings.TIMES.forEach(time -> edges.add(edge.of(time))));
    return edges;
  }

  /// The columns of the table that the model makes of its query.
  private Optional<Schema> columns(Model model, Schema query) {
    Optional<LakeTable> there = lake.find(model.name());
    if (model.settings().materialize() != Materialize.SNAPSHOT) {
      HistoryTable.refuseLoss(model.settings(), there, problems);
      return Optional.of(query);
    }
    Optional<LakeTable> history = there.filter(HistoryTable::isHistory);
    return new HistoryTable(model.name(), model.settings(), history, problems).columns(query);
  }

  private void columnsExist(Model model, Schema schema) {
    var settings = model.settings();
    settings.key().forEach(column -> exists(column, "key", model, schema));
    settings.partition().forEach(part -> exists(part.column(), "partition", model, schema));
    settings.sort().forEach(part -> exists(part.column(), "sort", model, schema));
    settings.lookback().ifPresent(lookback -> time(lookback.time(), model, schema));
    settings.columnDocs().keySet().forEach(column -> exists(column, "columns", model, schema));
  }

  private void time(String column, Model model, Schema schema) {
    String setting = model.settings().places().containsKey("time") ? "time" : "lookback";
    exists(column, setting, model, schema);
    schema
        .column(column)
        .filter(found -> !Lookback.TYPES.contains(found.type()))
        .ifPresent(found ->
            problems.add(
                model.settings().at(setting),
                "lookback needs a time, and '" + column + "' is " + found.type().sql(),
                "cast it to TIMESTAMP, TIMESTAMPTZ or DATE in the query"));
  }

  private void exists(String column, String setting, Model model, Schema schema) {
    if (schema.column(column).isEmpty()) {
      problems.add(
          model.settings().at(setting),
          setting + " names '" + column + "', which is no column of " + model.name(),
          Suggestions.didYouMean(column, schema.names()));
    }
  }

  /// Finds what is wrong with the checks of every table whose columns are known.
  void checks(List<KnownSource> allSources, List<KnownModel> allModels, CheckBinder binder) {
    allSources.forEach(source -> checks(source.table(), Audited.SOURCE, source.checks(), binder));
    for (KnownModel model : allModels) {
      checks(model.table(), audited(model), model.checks(), binder);
    }
  }

  private static Audited audited(KnownModel model) {
    return switch (model.settings().materialize()) {
      case TABLE -> Audited.TABLE;
      case VIEW -> Audited.VIEW;
      case SNAPSHOT -> Audited.HISTORY;
    };
  }

  private void checks(
      TableName table, Audited kind, List<DeclaredCheck> checks, CheckBinder binder) {
    Schema schema = schemas.get(table);
    if (schema != null && !checks.isEmpty()) {
      problems.addAll(binder.problems(table, kind, schema, checks, this));
    }
  }

  @Override
  public Optional<Schema> schema(TableName table) {
    if (schemas.containsKey(table) || fromLake(table)) {
      return Optional.ofNullable(schemas.get(table));
    }
    return Optional.empty();
  }

  @Override
  public Collection<TableName> names() {
    return known;
  }
}
