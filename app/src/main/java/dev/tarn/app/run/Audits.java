package dev.tarn.app.run;

import dev.tarn.app.plan.KnownModel;
import dev.tarn.quality.AuditReport;
import dev.tarn.quality.Auditor;
import dev.tarn.quality.DeclaredCheck;
import dev.tarn.quality.SetAside;
import dev.tarn.quality.Written;
import dev.tarn.store.CheckRecord;
import dev.tarn.store.MetadataStore;
import dev.tarn.store.Transaction;
import dev.tarn.vocabulary.CheckResult;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Has the checks of a table judged, tells and writes down what they found.
final class Audits {
  private final RunId run;
  private final Auditor auditor;
  private final Workspace workspace;
  private final MetadataStore store;

  Audits(RunId run, Auditor auditor, Workspace workspace, MetadataStore store) {
    this.run = run;
    this.auditor = auditor;
    this.workspace = workspace;
    this.store = store;
  }

  /// Judges the table as the run sees it.
  ///
  /// @param reads the tables that the checks read
  AuditReport judge(TableName table, List<DeclaredCheck> checks, Set<TableName> reads) {
    return judge(table, checks, reads, Written.unknown());
  }

  /// As above, for a table that the run has just written.
  AuditReport judge(
      TableName table, List<DeclaredCheck> checks, Set<TableName> reads, Written written) {
    expose(table, reads);
    AuditReport report =
        auditor.audit(workspace.session(), workspace.branch(), table, checks, run, written);
    if (!report.results().isEmpty()) {
      store.writeAgain(transaction -> add(transaction, report.results()));
    }
    return report;
  }

  /// Judges a model's table as the run has just written it.
  AuditReport judge(KnownModel model, Written written) {
    if (!model.checks().isEmpty()) {
      workspace.expose(List.of(model.table()));
    }
    try {
      return judge(model.table(), model.checks(), model.checkReads(), written);
    } finally {
      written.aside().ifPresent(SetAside::close);
    }
  }

  /// Makes readable what the checks of a table read beside it.
  void expose(TableName table, Set<TableName> reads) {
    Set<TableName> others = new TreeSet<>(reads);
    others.remove(table);
    workspace.expose(others);
  }

  /// Adds those that are not there yet.
  private void add(Transaction transaction, List<CheckResult> results) {
    Set<CheckResult> known =
        transaction.checks().ofRun(run).stream()
            .map(CheckRecord::result)
            .collect(Collectors.toSet());
    transaction
        .checks()
        .add(run, results.stream().filter(result -> !known.contains(result)).toList());
  }

  /// Which checks block, in one line.
  static String reason(AuditReport report) {
    return report.blocked().stream().map(Audits::reason).collect(Collectors.joining("; "));
  }

  private static String reason(CheckResult result) {
    String counts =
        result.rows() > 0 ? " (" + result.failures() + " of " + result.rows() + " rows)" : "";
    String detail = result.detail().isEmpty() ? "" : ": " + result.detail();
    return "check failed: " + result.check() + counts + detail;
  }
}
