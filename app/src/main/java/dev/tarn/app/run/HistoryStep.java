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
import dev.tarn.transform.incremental.ChangedKeys;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Schema;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Adds to a history what its query gives now. A second attempt finds there what the first one has
/// staged, and adds nothing twice.
final class HistoryStep implements StepWork {
  private final KnownModel model;
  private final Refreshes refreshes;
  private final ChangeFollower follower;
  private final Workspace workspace;
  private final Audits audits;
  private final RunResults results;

  HistoryStep(
      KnownModel model,
      Refreshes refreshes,
      ChangeFollower follower,
      Workspace workspace,
      Audits audits,
      RunResults results) {
    this.model = model;
    this.refreshes = refreshes;
    this.follower = follower;
    this.workspace = workspace;
    this.audits = audits;
    this.results = results;
  }

  @Override
  public StepOutcome attempt(int number) {
    Map<String, String> versions = workspace.versions(model.reads());
    Optional<Refresh> refresh = refreshes.choose(model, versions);
    if (refresh.isEmpty()) {
      return StepOutcome.unchanged("nothing new");
    }
    Refresh.History due =
        refresh.get() instanceof Refresh.History history
            ? history
            : new Refresh.History(refresh.get().why(), Map.of());
    return refreshed(due, versions);
  }

  private StepOutcome refreshed(Refresh.History due, Map<String, String> versions) {
    workspace.expose(model.inputs());
    Taken taken = InFile.of(model.file().file(), () -> taken(due));
    HistoryRefresh.Outcome outcome = taken.outcome();
    AuditReport report =
        audits.judge(
            model,
            outcome.files().isEmpty()
                ? Written.unknown()
                : new Written(outcome.files(), Optional.empty()));
    long rows = workspace.branch().find(model.table()).map(LakeTable::rows).orElse(0L);
    results.refreshed(model, versions, rows, outcome.bytes());
    return report.blocked().isEmpty()
        ? StepOutcome.history(rows, outcome.bytes(), taken.why() + ": " + outcome.told())
        : StepOutcome.blocked(rows, Audits.reason(report));
  }

  /// @param why as the step's reason tells it
  private record Taken(HistoryRefresh.Outcome outcome, String why) {}

  private Taken taken(Refresh.History due) {
    try (EngineConnection connection = workspace.connect()) {
      Schema query = connection.describe(model.sql());
      return switch (follower.keys(model, due, connection, query)) {
        case ChangedKeys.Found found ->
            new Taken(compared(connection, query, Optional.of(ChangedKeys.TABLE)), found.changes());
        case ChangedKeys.Unknown unknown ->
            new Taken(
                compared(connection, query, Optional.empty()),
                due.since().isEmpty()
                    ? due.why()
                    : due.why() + " (all was compared, because: " + unknown.why() + ")");
      };
    }
  }

  private HistoryRefresh.Outcome compared(
      EngineConnection connection, Schema query, Optional<String> keys) {
    return new HistoryRefresh(workspace.session(), connection, workspace.branch(), model.table())
        .apply(model.sql(), query, spec(query), model.settings(), keys, follower.now());
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
