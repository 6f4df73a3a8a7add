package dev.tarn.app.run;

import dev.tarn.app.plan.KnownSource;
import dev.tarn.app.project.Hashes;
import dev.tarn.ingest.Landing;
import dev.tarn.orchestrate.StepOutcome;
import dev.tarn.orchestrate.StepWork;
import dev.tarn.quality.AuditReport;
import dev.tarn.store.MetadataStore;
import dev.tarn.store.TableState;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lands what a source has that is new, then has the bronze table's checks judged. A version of the
/// table is judged until its checks have passed: a run that died or was blocked in between leaves
/// no way around them.
final class SourceStep implements StepWork {
  private final KnownSource source;
  private final Landings landings;
  private final Workspace workspace;
  private final Audits audits;
  private final Verdicts verdicts;

  SourceStep(
      KnownSource source,
      Landings landings,
      Workspace workspace,
      Audits audits,
      Verdicts verdicts) {
    this.source = source;
    this.landings = landings;
    this.workspace = workspace;
    this.audits = audits;
    this.verdicts = verdicts;
  }

  @Override
  public StepOutcome attempt(int number) {
    Landing landing = landings.of(source.source());
    if (landing.changed()) {
      workspace.landed();
    }
    Optional<String> version = workspace.version(source.table());
    if (version.isEmpty()) {
      return StepOutcome.unchanged("nothing new: no file yet");
    }
    String fingerprint = Hashes.sha256(source.checks().toString());
    if (!source.checks().isEmpty()
        && !verdicts.passed(source.table(), fingerprint, version.get())) {
      workspace.expose(List.of(source.table()));
      AuditReport report = audits.judge(source.table(), source.checks(), source.checkReads());
      if (!report.blocked().isEmpty()) {
        return StepOutcome.blocked(landing.rows(), Audits.reason(report));
      }
      verdicts.pass(source.table(), fingerprint, version.get(), source.description());
    }
    return landing.changed()
        ? StepOutcome.done(landing.rows(), landing.bytes(), taken(landing))
        : StepOutcome.unchanged("nothing new");
  }

  private static String taken(Landing landing) {
    String rejected = landing.rejected() > 0 ? ", " + landing.rejected() + " rows kept aside" : "";
    return landing.taken() + (landing.taken() == 1 ? " file" : " files") + rejected;
  }

  /// Which versions of bronze tables have passed their checks.
  record Verdicts(
      MetadataStore store, Map<TableName, TableState> states, RunId run, InstantSource clock) {

    boolean passed(TableName table, String fingerprint, String version) {
      return Optional.ofNullable(states.get(table))
          .filter(state ->
              state.fingerprint().equals(fingerprint) && state.metadataLocation().equals(version))
          .isPresent();
    }

    void pass(TableName table, String fingerprint, String version, String description) {
      TableState state =
          new TableState(
              table, fingerprint, version, Map.of(), run, clock.instant(), 0, 0, description);
      store.writeAgain(transaction -> transaction.states().put(state));
    }
  }
}
