package dev.tarn.app.run;

import dev.tarn.app.plan.Analysis;
import dev.tarn.app.plan.Blueprint;
import dev.tarn.app.plan.KnownModel;
import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.lake.LakeTable;
import dev.tarn.sql.Query;
import dev.tarn.sql.SqlParser;
import dev.tarn.transform.Materialize;
import dev.tarn.transform.incremental.Followable;
import dev.tarn.transform.incremental.SampledProof;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Suggestions;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Proves on samples of a project's tables that following changes makes of a model what a recompute
/// makes of it. Nothing of the lake is changed.
public final class ModelProof {
  private static final long SEED = 20_260_101;

  private final Opened opened;
  private final Blueprint blueprint;
  private final Map<TableName, KnownModel> models;

  public ModelProof(Opened opened, Analysis analysis) {
    this.opened = opened;
    this.blueprint = analysis.blueprint();
    this.models =
        blueprint.models().stream()
            .collect(Collectors.toMap(KnownModel::table, Function.identity()));
  }

  /// What came of it.
  ///
  /// @param tables what was sampled
  public record Proof(TableName model, Set<TableName> tables, SampledProof.Report report) {}

  /// @param cases how many changes are tried
  public Proof of(TableName table, int cases) {
    KnownModel model = model(table);
    try (SqlParser parser = new SqlParser();
        EngineSession session = opened.engine().open();
        EngineConnection connection = session.connect()) {
      Followable followable =
          new Followable(
              parser,
              name -> view(name).map(view -> parser.parse(view.sql())),
              name -> opened.lake().find(name).map(LakeTable::schema));
      Query query = parser.parse(model.sql());
      expose(session, model);
      Set<TableName> tables = followable.tables(query);
      SampledProof proof =
          new SampledProof(
              session, connection, followable, model.sql(), query, model.settings().key());
      return new Proof(table, tables, proof.prove(stored(tables), cases, SEED));
    }
  }

  private KnownModel model(TableName table) {
    KnownModel model = models.get(table);
    if (model == null) {
      throw Failure.input(
          "there is no model " + table,
          Suggestions.didYouMean(
              table.toString(), models.keySet().stream().map(TableName::toString).toList()));
    }
    if (model.settings().materialize() != Materialize.TABLE) {
      throw Failure.input(
          table + " is a view or a history, and not refreshed by the rows that changed",
          "name a model that is a table");
    }
    if (model.settings().lookback().isPresent()) {
      throw Failure.input(
          table + " has a lookback: it is not meant to be what a recompute gives",
          "name a model without one");
    }
    return model;
  }

  private Optional<KnownModel> view(TableName name) {
    return Optional.ofNullable(models.get(name))
        .filter(model -> model.settings().materialize() == Materialize.VIEW);
  }

  private void expose(EngineSession session, KnownModel model) {
    for (TableName input : model.inputs()) {
      view(input)
          .ifPresent(view -> {
            expose(session, view);
            session.exposeView(input, view.sql());
          });
    }
  }

  private List<LakeTable> stored(Set<TableName> tables) {
    List<LakeTable> stored = new ArrayList<>();
    Problems problems = new Problems();
    for (TableName table : tables) {
      opened
          .lake()
          .find(table)
          .filter(found -> found.rows() > 0)
          .ifPresentOrElse(
              stored::add,
              () ->
                  problems.add(
                      Problem.of(table + " has no rows to take a sample of", "tarn run fills it")));
    }
    problems.throwIfAny();
    if (stored.isEmpty()) {
      throw Failure.input("the model reads no table that could change");
    }
    return stored;
  }
}
