package dev.tarn.app.run;

import dev.tarn.app.plan.KnownSource;
import dev.tarn.app.project.Hashes;
import dev.tarn.ingest.Landing;
import dev.tarn.ingest.LandingContext;
import dev.tarn.ingest.Replay;
import dev.tarn.lake.AsOf;
import dev.tarn.lake.Branch;
import dev.tarn.lake.LakeTable;
import dev.tarn.quality.AuditReport;
import dev.tarn.quality.AuditSettings;
import dev.tarn.quality.Auditor;
import dev.tarn.store.StepRecord;
import dev.tarn.store.TableState;
import dev.tarn.store.Transaction;
import dev.tarn.vocabulary.Event;
import dev.tarn.vocabulary.Events;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.RunState;
import dev.tarn.vocabulary.StepState;
import dev.tarn.vocabulary.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the files of one table after the other again, on one branch, and has the tables judged
/// before anyone can see them.
final class ReplayWork implements AutoCloseable {
  private static final String REFRESH = "replay";

  private final Opened opened;
  private final Events events;
  private final RunId run;
  private final LazySession session;
  private final List<KnownSource> sources;
  private final Branch branch;
  private final Audits audits;
  private final List<StepRecord> steps = new ArrayList<>();
  private final List<String> blocked = new ArrayList<>();

  ReplayWork(
      Opened opened, Events events, RunId run, LazySession session, List<KnownSource> sources) {
    this.opened = opened;
    this.events = events;
    this.run = run;
    this.session = session;
    this.sources = sources;
    this.branch = opened.lake().branch(run);
    Workspace workspace =
        new Workspace(opened.lake(), branch, session, new AsOf.Current(), Map.of());
    Auditor auditor =
        new Auditor(
            opened.clock(),
            (table, check) -> ProjectRun.history(opened.store(), table, check),
            events,
            AuditSettings.defaults());
    this.audits = new Audits(run, auditor, workspace, opened.store());
  }

  /// Stages a table anew, and judges it.
  Replayed again(Replay replay) {
    KnownSource source = source(replay.table());
    Instant startedAt = opened.clock().instant();
    events.tell(new Event.StepStarted(run, replay.table(), 1));
    Replayed.Figures before = figures(replay.table());
    Landing landing = land(source, replay);
    AuditReport report =
        source.checks().isEmpty()
            ? new AuditReport(List.of(), 0, 0)
            : audits.judge(source.table(), source.checks(), source.checkReads());
    Replayed replayed = new Replayed(replay, before, figures(replay.table()));
    ended(replayed, landing, report, startedAt);
    return replayed;
  }

  private Landing land(KnownSource source, Replay replay) {
    int threads = opened.project().work().threads();
    try (LazySession beside = session.beside()) {
      return source
          .source()
          .land(
              replay,
              new LandingContext(opened.lake(), beside, run, opened.clock(), events, threads),
              branch);
    }
  }

  private Replayed.Figures figures(TableName table) {
    return new Replayed.Figures(
        branch.find(table).map(LakeTable::rows).orElse(0L),
        branch.find(table.rejected()).map(LakeTable::rows).orElse(0L));
  }

  private KnownSource source(TableName table) {
    return sources.stream()
        .filter(source -> source.table().equals(table))
        .findFirst()
        .orElseThrow(() -> Failure.bug(table + " has no source", new IllegalStateException()));
  }

  private void ended(Replayed replayed, Landing landing, AuditReport report, Instant startedAt) {
    TableName table = replayed.replay().table();
    boolean well = report.blocked().isEmpty();
    StepState state = well ? StepState.SUCCEEDED : StepState.BLOCKED;
    int files = replayed.replay().items();
    String reason =
        well ? (files == 1 ? "1 file" : files + " files") + " read again" : Audits.reason(report);
    Instant now = opened.clock().instant();
    steps.add(
        new StepRecord(
            run,
            table,
            state,
            1,
            startedAt,
            Optional.of(now),
            landing.rows(),
            landing.bytes(),
            reason,
            REFRESH));
    if (!well) {
      blocked.add(table + " blocked: " + reason);
    }
    events.tell(
        new Event.StepEnded(
            run,
            table,
            state,
            landing.rows(),
            Duration.between(startedAt, now),
            Optional.of(reason)));
  }

  /// Why nothing may be published.
  List<String> blocked() {
    return List.copyOf(blocked);
  }

  List<StepRecord> steps() {
    return List.copyOf(steps);
  }

  /// Makes all tables visible, with the end of the run.
  void publish() {
    branch.publish(transaction -> {
      steps.forEach(transaction.runs()::putStep);
      steps.forEach(step -> passed(transaction, step.table()));
      transaction.runs().end(run, RunState.SUCCEEDED, opened.clock().instant(), "");
    });
  }

  /// The checks of the table have passed: the next run need not judge them again.
  private void passed(Transaction transaction, TableName table) {
    KnownSource source = source(table);
    String version = branch.find(table).map(LakeTable::metadataLocation).orElse("");
    transaction
        .states()
        .put(
            new TableState(
                table,
                Hashes.sha256(source.checks().toString()),
                version,
                Map.of(),
                run,
                opened.clock().instant(),
                0,
                0,
                source.description()));
  }

  @Override
  public void close() {
    branch.close();
  }
}
