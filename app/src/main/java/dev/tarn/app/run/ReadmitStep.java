package dev.tarn.app.run;

import dev.tarn.app.plan.KnownModel;
import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.SiftedFiles;
import dev.tarn.lake.LakeTable;
import dev.tarn.lake.TableSpec;
import dev.tarn.lake.WriteTarget;
import dev.tarn.orchestrate.StepOutcome;
import dev.tarn.orchestrate.StepWork;
import dev.tarn.quality.AuditReport;
import dev.tarn.quality.Screen;
import dev.tarn.quality.SetAside;
import dev.tarn.quality.Written;
import dev.tarn.transform.Refresh;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Judges the quarantined rows of a table again. While the model's query would give the same rows
/// as ever, the table and its quarantine hold together exactly these: judging them all by today's
/// checks is what making the table anew would come to. Where each row can be judged alone and none
/// of the table's fails, only the quarantined rows are written.
final class ReadmitStep implements StepWork {
  private static final String WHY = "the quarantined rows were judged again";

  private final KnownModel model;
  private final ModelStep whole;
  private final Refreshes refreshes;
  private final Workspace workspace;
  private final Audits audits;
  private final RunResults results;
  private final TableName before;
  private final TableName held;

  /// @param whole makes the table anew
  ReadmitStep(
      KnownModel model,
      ModelStep whole,
      Refreshes refreshes,
      Workspace workspace,
      Audits audits,
      RunResults results) {
    this.model = model;
    this.whole = whole;
    this.refreshes = refreshes;
    this.workspace = workspace;
    this.audits = audits;
    this.results = results;
    this.before = besides("__before");
    this.held = besides("__held");
  }

  private TableName besides(String suffix) {
    return new TableName(model.table().layer(), model.table().name() + suffix);
  }

  /// Whether only quarantined rows were judged; otherwise the table was made anew.
  static boolean isReadmission(StepOutcome outcome) {
    return outcome.reason().startsWith(WHY);
  }

  @Override
  public StepOutcome attempt(int number) {
    if (refreshes.otherRows(model, workspace.versions(model.inputs())).isPresent()) {
      return whole.attempt(number);
    }
    Optional<LakeTable> table = workspace.exposePublished(model.table(), before);
    Optional<LakeTable> aside = workspace.exposePublished(model.table().quarantine(), held);
    if (table.isEmpty() || aside.isEmpty()) {
      return whole.attempt(number);
    }
    audits.expose(model.table(), model.checkReads());
    Map<String, String> versions = workspace.versions(model.reads());
    // A second attempt begins from what is published, whatever the first one staged.
    Optional<Written> written = number == 1 ? added(table.get()) : Optional.empty();
    return written
        .map(sifted -> judged(sifted, versions))
        .orElseGet(() -> together(table.get(), versions));
  }

  /// Puts the rows that pass beside those of the table; empty when that can't be told row by row,
  /// or rows of the table fail today's checks.
  private Optional<Written> added(LakeTable table) {
    Optional<Screen> screen = Screen.of(model.table(), table.schema(), model.checks());
    if (screen.isEmpty() || table.sort().size() > 0) {
      return Optional.empty();
    }
    try (EngineConnection connection = workspace.connect()) {
      String failing =
          "SELECT 1 FROM " + before.sql() + " AS this WHERE " + screen.get().mark() + " <> 0";
      if (!connection.query(failing + " LIMIT 1", 1).rows().isEmpty()) {
        return Optional.empty();
      }
      WriteTarget target = workspace.branch().append(model.table(), spec(table));
      Optional<SiftedFiles> sifted =
          connection.sift(select(table, held), target, screen.get().mark());
      sifted.ifPresent(files -> workspace.branch().stage(target, files.kept()));
      return sifted.map(files ->
          new Written(
              List.of(), Optional.of(new SetAside(screen.get(), target.columns(), files.aside()))));
    }
  }

  private static TableSpec spec(LakeTable table) {
    return new TableSpec(
        table.schema(), table.partition(), table.sort(), table.properties(), table.columnDocs());
  }

  private StepOutcome judged(Written written, Map<String, String> versions) {
    workspace.expose(List.of(model.table()));
    AuditReport report;
    try {
      report = audits.judge(model.table(), model.checks(), model.checkReads(), written);
    } finally {
      written.aside().ifPresent(SetAside::close);
    }
    long bytes = workspace.branch().find(model.table()).map(LakeTable::bytes).orElse(0L);
    results.refreshed(model, versions, report.kept(), bytes);
    return report.blocked().isEmpty()
        ? StepOutcome.done(report.kept(), bytes, WHY)
        : StepOutcome.blocked(report.kept(), Audits.reason(report));
  }

  /// Judges all rows, and writes them anew.
  private StepOutcome together(LakeTable table, Map<String, String> versions) {
    String all = select(table, before) + " UNION ALL " + select(table, held);
    return whole.by(model.by(all)).full(new Refresh.Full(WHY), versions);
  }

  private static String select(LakeTable table, TableName from) {
    return table.schema().columns().stream()
        .map(Column::name)
        .map(Identifiers::quote)
        .collect(Collectors.joining(", ", "SELECT ", " FROM " + from.sql()));
  }
}
