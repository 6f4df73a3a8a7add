package dev.tarn.app.run;

import dev.tarn.app.plan.KnownModel;
import dev.tarn.app.project.InFile;
import dev.tarn.engine.EngineConnection;
import dev.tarn.lake.TableSpec;
import dev.tarn.lake.WriteTarget;
import dev.tarn.lake.WrittenFile;
import dev.tarn.orchestrate.StepOutcome;
import dev.tarn.orchestrate.StepWork;
import dev.tarn.quality.AuditReport;
import dev.tarn.transform.Materialize;
import dev.tarn.transform.ModelSettings;
import dev.tarn.transform.Refresh;
import dev.tarn.vocabulary.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Refreshes one model: recomputes it aside and has its checks judged before anyone can see it.
final class ModelStep implements StepWork {
  private final KnownModel model;
  private final Refreshes refreshes;
  private final Workspace workspace;
  private final Audits audits;
  private final RunResults results;

  ModelStep(
      KnownModel model,
      Refreshes refreshes,
      Workspace workspace,
      Audits audits,
      RunResults results) {
    this.model = model;
    this.refreshes = refreshes;
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
    return switch (refresh.get()) {
      case Refresh.Full full -> full(full, versions);
    };
  }

  private StepOutcome full(Refresh.Full full, Map<String, String> versions) {
    workspace.expose(model.inputs());
    Written written = InFile.of(model.file().file(), this::write);
    workspace.expose(List.of(model.table()));
    AuditReport report = audits.judge(model.table(), model.checks(), model.checkReads());
    long rows = model.checks().isEmpty() ? written.rows : report.kept();
    results.refreshed(model, versions, rows, written.bytes);
    if (!report.blocked().isEmpty()) {
      return StepOutcome.blocked(rows, Audits.reason(report));
    }
    return StepOutcome.done(rows, written.bytes, why(full, report));
  }

  private Written write() {
    try (EngineConnection connection = workspace.connect()) {
      Schema schema = connection.describe(model.sql());
      if (model.settings().materialize() == Materialize.VIEW) {
        workspace.branch().view(model.table(), model.sql(), schema, spec(schema).properties());
        return new Written(0, 0);
      }
      WriteTarget target = workspace.branch().replace(model.table(), spec(schema));
      List<WrittenFile> files = connection.write(model.sql(), target);
      workspace.branch().stage(target, files);
      return new Written(
          files.stream().mapToLong(WrittenFile::rows).sum(),
          files.stream().mapToLong(WrittenFile::bytes).sum());
    }
  }

  private TableSpec spec(Schema schema) {
    ModelSettings settings = model.settings();
    Map<String, String> properties = new HashMap<>();
    if (!settings.description().isEmpty()) {
      properties.put("comment", settings.description());
    }
    return new TableSpec(
        schema, settings.partition(), settings.sort(), properties, settings.columnDocs());
  }

  private static String why(Refresh.Full full, AuditReport report) {
    return report.quarantined() == 0
        ? full.why()
        : full.why() + "; " + report.quarantined() + " rows are in quarantine";
  }

  private record Written(long rows, long bytes) {}
}
