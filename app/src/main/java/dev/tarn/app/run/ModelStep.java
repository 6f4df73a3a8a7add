package dev.tarn.app.run;

import dev.tarn.app.plan.KnownModel;
import dev.tarn.app.project.InFile;
import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.SiftedFiles;
import dev.tarn.lake.LakeTable;
import dev.tarn.lake.TableSpec;
import dev.tarn.lake.WriteTarget;
import dev.tarn.lake.WrittenFile;
import dev.tarn.orchestrate.StepOutcome;
import dev.tarn.orchestrate.StepWork;
import dev.tarn.quality.AuditReport;
import dev.tarn.quality.Screen;
import dev.tarn.quality.SetAside;
import dev.tarn.quality.Written;
import dev.tarn.transform.Materialize;
import dev.tarn.transform.ModelSettings;
import dev.tarn.transform.Refresh;
import dev.tarn.transform.history.HistoryTable;
import dev.tarn.transform.incremental.IncrementalRefresh;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Schema;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Refreshes one model: recomputes it aside and has its checks judged before anyone can see it.
final class ModelStep implements StepWork {
  private final KnownModel model;
  private final Refreshes refreshes;
  private final ChangeFollower follower;
  private final Workspace workspace;
  private final Audits audits;
  private final RunResults results;

  ModelStep(
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

  /// The same step for a table made otherwise.
  ModelStep by(KnownModel other) {
    return new ModelStep(other, refreshes, follower, workspace, audits, results);
  }

  @Override
  public StepOutcome attempt(int number) {
    Map<String, String> versions = workspace.versions(model.reads());
    Optional<Refresh> refresh = refreshes.choose(model, versions);
    if (refresh.isEmpty()) {
      return StepOutcome.unchanged("nothing new");
    }
    return switch (refresh.get()) {
      case Refresh.Full full -> full(full, versions);
      case Refresh.Incremental incremental ->
          changed(
              incremental,
              InFile.of(model.file().file(), () -> follower.follow(model, incremental)),
              versions,
              StepOutcome::incremental);
      case Refresh.Recent recent ->
          changed(
              recent,
              InFile.of(
                  model.file().file(),
                  () -> follower.recent(model, model.settings().lookback().orElseThrow())),
              versions,
              (rows, bytes, reason) ->
                  StepOutcome.lookback(rows, bytes, recent.why() + ", " + reason));
      case Refresh.History history ->
          throw Failure.bug(
              model.table() + " is a history", new IllegalStateException(history.why()));
    };
  }

  /// How a step ended that changed rows.
  @FunctionalInterface
  private interface Ended {
    StepOutcome with(long rows, long bytes, String reason);
  }

  private StepOutcome changed(
      Refresh refresh,
      ChangeFollower.Followed followed,
      Map<String, String> versions,
      Ended ended) {
    return switch (followed.outcome()) {
      case IncrementalRefresh.Declined declined ->
          full(new Refresh.Full(refresh.why() + "; all, because: " + declined.why()), versions);
      case IncrementalRefresh.Done done -> changed(done, followed.written(), versions, ended);
    };
  }

  private StepOutcome changed(
      IncrementalRefresh.Done done, Written written, Map<String, String> versions, Ended ended) {
    AuditReport report = audits.judge(model, written);
    long rows = workspace.branch().find(model.table()).map(LakeTable::rows).orElse(0L);
    results.refreshed(model, versions, rows, done.figures().bytes());
    if (!report.blocked().isEmpty()) {
      return StepOutcome.blocked(rows, Audits.reason(report));
    }
    String changed =
        "%s: +%,d -%,d rows"
            .formatted(done.changes(), done.figures().added(), done.figures().removed());
    return ended.with(rows, done.figures().bytes(), why(changed, report));
  }

  /// Makes the table anew whole.
  StepOutcome full(Refresh.Full full, Map<String, String> versions) {
    workspace.expose(model.inputs());
    Written written = InFile.of(model.file().file(), this::write);
    AuditReport report = audits.judge(model, written);
    long rows = written.files().stream().mapToLong(WrittenFile::rows).sum();
    long bytes = written.files().stream().mapToLong(WrittenFile::bytes).sum();
    long kept = model.checks().isEmpty() ? rows : report.kept();
    results.refreshed(model, versions, kept, bytes);
    if (!report.blocked().isEmpty()) {
      return StepOutcome.blocked(kept, Audits.reason(report));
    }
    return StepOutcome.done(kept, bytes, why(full.why(), report));
  }

  private Written write() {
    refuseLoss();
    try (EngineConnection connection = workspace.connect()) {
      Schema schema = connection.describe(model.sql());
      if (model.settings().materialize() == Materialize.VIEW) {
        workspace.branch().view(model.table(), model.sql(), schema, spec(schema).properties());
        return Written.unknown();
      }
      WriteTarget target = workspace.branch().replace(model.table(), spec(schema));
      Written written =
          Screen.of(model.table(), schema, model.checks())
              .flatMap(screen -> screened(connection, target, screen))
              .orElseGet(() ->
                  new Written(
                      connection.write(model.sql(), target), Optional.empty(), model.uniqueBy()));
      workspace.branch().stage(target, written.files());
      return written;
    }
  }

  private void refuseLoss() {
    Problems problems = new Problems();
    HistoryTable.refuseLoss(model.settings(), workspace.branch().find(model.table()), problems);
    problems.throwIfAny();
  }

  /// Writes the rows that fail no quarantine check, and the others aside.
  private Optional<Written> screened(
      EngineConnection connection, WriteTarget target, Screen screen) {
    audits.expose(model.table(), model.checkReads());
    return sifted(connection, target, screen)
        .map(sifted ->
            new Written(
                sifted.kept(),
                Optional.of(new SetAside(screen, target.columns(), sifted.aside())),
                model.uniqueBy()));
  }

  private Optional<SiftedFiles> sifted(
      EngineConnection connection, WriteTarget target, Screen screen) {
    try {
      return connection.sift(model.sql(), target, screen.mark());
    } catch (Failure failure) {
      throw screen.explained(connection, model.sql(), failure);
    }
  }

  private TableSpec spec(Schema schema) {
    return spec(model.settings(), schema);
  }

  /// What the table of a model is to look like.
  static TableSpec spec(ModelSettings settings, Schema schema) {
    Map<String, String> properties = new HashMap<>();
    if (!settings.description().isEmpty()) {
      properties.put("comment", settings.description());
    }
    return new TableSpec(
        schema, settings.partition(), settings.sort(), properties, settings.columnDocs());
  }

  private static String why(String why, AuditReport report) {
    return report.quarantined() == 0
        ? why
        : why + "; " + report.quarantined() + " rows are in quarantine";
  }
}
