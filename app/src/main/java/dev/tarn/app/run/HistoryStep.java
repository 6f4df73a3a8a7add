package dev.tarn.app.run;

import dev.tarn.app.plan.KnownModel;
import dev.tarn.app.project.InFile;
import dev.tarn.engine.EngineConnection;
import dev.tarn.lake.LakeTable;
import dev.tarn.lake.TableSpec;
import dev.tarn.orchestrate.StepOutcome;
import dev.tarn.orchestrate.StepWork;
import dev.tarn.quality.AuditReport;
import dev.tarn.quality.Written;
import dev.tarn.transform.Refresh;
import dev.tarn.transform.history.HistoryRefresh;
import dev.tarn.transform.history.HistoryTable;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Schema;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Adds to a history what its query gives now. A second attempt finds there what the first one has
/// staged, and adds nothing twice.
final class HistoryStep implements StepWork {
  private final KnownModel model;
  private final Refreshes refreshes;
  private final Workspace workspace;
  private final Audits audits;
  private final RunResults results;
  private final Instant now;

  /// @param now the run's time, the same for every attempt
  HistoryStep(
      KnownModel model,
      Refreshes refreshes,
      Workspace workspace,
      Audits audits,
      RunResults results,
      Instant now) {
    this.model = model;
    this.refreshes = refreshes;
    this.workspace = workspace;
    this.audits = audits;
    this.results = results;
    this.now = now;
  }

  @Override
  public StepOutcome attempt(int number) {
    Map<String, String> versions = workspace.versions(model.reads());
    Optional<Refresh> refresh = refreshes.choose(model, versions);
    return refresh
        .map(due -> refreshed(due.why(), versions))
        .orElseGet(() -> StepOutcome.unchanged("nothing new"));
  }

  private StepOutcome refreshed(String why, Map<String, String> versions) {
    workspace.expose(model.inputs());
    HistoryRefresh.Outcome outcome = InFile.of(model.file().file(), this::taken);
    AuditReport report =
        audits.judge(
            model,
            outcome.files().isEmpty()
                ? Written.unknown()
                : new Written(outcome.files(), Optional.empty()));
    long rows = workspace.branch().find(model.table()).map(LakeTable::rows).orElse(0L);
    results.refreshed(model, versions, rows, outcome.bytes());
    return report.blocked().isEmpty()
        ? StepOutcome.history(rows, outcome.bytes(), why + ": " + outcome.told())
        : StepOutcome.blocked(rows, Audits.reason(report));
  }

  private HistoryRefresh.Outcome taken() {
    try (EngineConnection connection = workspace.connect()) {
      Schema query = connection.describe(model.sql());
      return new HistoryRefresh(workspace.session(), connection, workspace.branch(), model.table())
          .apply(model.sql(), query, spec(query), model.settings(), now);
    }
  }

  private TableSpec spec(Schema query) {
    Problems problems = new Problems();
    Optional<Schema> columns =
        new HistoryTable(
                model.table(),
                model.settings(),
                workspace.branch().find(model.table()).filter(HistoryTable::isHistory),
                problems)
            .columns(query);
    problems.throwIfAny();
    TableSpec plain =
        ModelStep.spec(
            model.settings(),
            columns.orElseThrow(
                () -> Failure.bug(model.table() + " has no columns", new IllegalStateException())));
    Map<String, String> properties = new HashMap<>(plain.properties());
    properties.putAll(HistoryTable.properties(model.settings()));
    return new TableSpec(
        plain.schema(), plain.partition(), plain.sort(), properties, plain.columnDocs());
  }
}
