package dev.tarn.app.run;

import dev.tarn.app.plan.Blueprint;
import dev.tarn.app.plan.KnownModel;
import dev.tarn.lake.AsOf;
import dev.tarn.lake.Branch;
import dev.tarn.lake.LakeTable;
import dev.tarn.orchestrate.StepOutcome;
import dev.tarn.quality.AuditSettings;
import dev.tarn.quality.Auditor;
import dev.tarn.store.PartRecord;
import dev.tarn.store.StepRecord;
import dev.tarn.store.TableState;
import dev.tarn.store.Transaction;
import dev.tarn.vocabulary.Event;
import dev.tarn.vocabulary.Events;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Remedy;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.RunState;
import dev.tarn.vocabulary.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes partitions of one table time after time, each time as a run of its own.
final class BackfillTimes {
  private static final String REFRESH = "backfill";

  private final Opened opened;
  private final Blueprint blueprint;
  private final Events events;
  private final PartLook.Found found;
  private final BackfillRequest request;
  private final LazySession session;
  private final Interrupts interrupts;
  private final Instant lookedAt;
  private final Set<String> made = new HashSet<>();
  private final Map<String, String> failed = new HashMap<>();
  private final List<RunId> runs = new ArrayList<>();
  private boolean whole;

  BackfillTimes(
      Opened opened,
      Blueprint blueprint,
      Events events,
      PartLook.Found found,
      BackfillRequest request,
      LazySession session,
      Interrupts interrupts) {
    this.opened = opened;
    this.blueprint = blueprint;
    this.events = events;
    this.found = found;
    this.request = request;
    this.session = session;
    this.interrupts = interrupts;
    this.lookedAt = opened.clock().instant();
  }

  Set<String> made() {
    return Set.copyOf(made);
  }

  List<RunId> runs() {
    return List.copyOf(runs);
  }

  /// Whether the table is as its model makes it.
  boolean isWhole() {
    return whole;
  }

  /// A partition as it is after all.
  PartState after(PartState before) {
    if (made.contains(before.part())) {
      return before.as(PartState.State.MADE, "");
    }
    return Optional.ofNullable(failed.get(before.part()))
        .map(why -> before.as(PartState.State.FAILED, why))
        .orElse(before);
  }

  /// Makes some partitions and publishes them; false when they could not be made together.
  boolean make(List<String> parts) {
    Turn turn = new Turn(opened, events);
    return turn.take(interrupts::waiting, run -> make(turn, run, open(parts)));
  }

  /// Another backfill may have made some meanwhile.
  private List<String> open(List<String> parts) {
    if (request.all()) {
      return parts;
    }
    Set<String> done = new HashSet<>();
    for (PartRecord record : records()) {
      if (record.made()
          && record.at().isAfter(lookedAt)
          && record.fingerprint().equals(found.model().fingerprint())) {
        done.add(record.part());
      }
    }
    return parts.stream().filter(part -> !done.contains(part)).toList();
  }

  private List<PartRecord> records() {
    return opened.store().read(transaction -> transaction.parts().ofTable(found.model().table()));
  }

  private boolean make(Turn turn, RunId run, List<String> parts) {
    if (parts.isEmpty()) {
      return true;
    }
    Instant startedAt = turn.begin(run, request.command(), 1);
    runs.add(run);
    events.tell(new Event.StepStarted(run, found.model().table(), 1));
    try (Branch branch = opened.lake().branch(run)) {
      Made one = new Made(run, branch, parts, startedAt);
      if (one.outcome.succeeded()) {
        branch.publish(one::write);
        made.addAll(parts);
        parts.forEach(failed::remove);
        tell(one);
        turn.published(run, 1, startedAt);
        return true;
      }
      failed(turn, one.step(), parts, one.outcome.reason(), startedAt);
      tell(one);
      return false;
    } catch (Failure failure) {
      if (failure.remedy() == Remedy.REPORT_BUG || failure.remedy() == Remedy.RETRY) {
        turn.failed(run, RunState.FAILED, failure.getMessage(), startedAt);
        throw failure;
      }
      StepOutcome outcome = StepOutcome.failed(failure.getMessage());
      failed(turn, step(run, outcome, startedAt), parts, failure.getMessage(), startedAt);
      return false;
    }
  }

  /// Only what fails by itself is known to be at fault.
  private void failed(
      Turn turn, StepRecord step, List<String> parts, String why, Instant startedAt) {
    Instant now = opened.clock().instant();
    if (parts.size() == 1) {
      failed.put(parts.getFirst(), why);
    }
    opened
        .store()
        .writeAgain(transaction -> {
          transaction.runs().putStep(step);
          if (parts.size() == 1) {
            transaction.parts().put(List.of(record(parts.getFirst(), step.run(), "", now, why)));
          }
        });
    turn.failed(step.run(), RunState.FAILED, step.table() + ": " + why, startedAt);
  }

  private PartRecord record(String part, RunId run, String versions, Instant now, String why) {
    KnownModel model = found.model();
    return new PartRecord(
        model.table(), part, model.fingerprint(), versions, why.isEmpty(), run, now, why);
  }

  private StepRecord step(RunId run, StepOutcome outcome, Instant startedAt) {
    return new StepRecord(
        run,
        found.model().table(),
        outcome.state(),
        1,
        startedAt,
        Optional.of(opened.clock().instant()),
        outcome.rows(),
        outcome.bytes(),
        outcome.reason(),
        REFRESH);
  }

  private void tell(Made one) {
    StepRecord step = one.step();
    events.tell(
        new Event.StepEnded(
            step.run(),
            step.table(),
            step.state(),
            step.rows(),
            Duration.between(one.startedAt, opened.clock().instant()),
            Optional.of(one.outcome.reason())));
  }

  /// Some partitions, made on a branch and judged.
  private final class Made {
    private final RunId run;
    private final Branch branch;
    private final List<String> parts;
    private final Instant startedAt;
    private final Map<String, String> versions;
    private final RunResults results;
    private final StepOutcome outcome;

    Made(RunId run, Branch branch, List<String> parts, Instant startedAt) {
      this.run = run;
      this.branch = branch;
      this.parts = parts;
      this.startedAt = startedAt;
      KnownModel model = found.model();
      Workspace workspace =
          new Workspace(opened.lake(), branch, session, new AsOf.Current(), blueprint.viewInputs());
      this.versions = workspace.versions(model.reads());
      this.results = new RunResults(run, branch, opened.clock(), blueprint.lineage());
      Auditor auditor =
          new Auditor(
              opened.clock(),
              (table, check) -> ProjectRun.history(opened.store(), table, check),
              events,
              AuditSettings.defaults());
      Audits audits = new Audits(run, auditor, workspace, opened.store());
      Refreshes refreshes = new Refreshes(Map.of(), Map.of(), true);
      try (ChangeFollower none =
          new ChangeFollower(opened.store(), opened.lake(), workspace, true, startedAt)) {
        ModelStep step = new ModelStep(model, refreshes, none, workspace, audits, results);
        Patch.Chosen chosen = new Patch.Chosen(found.partitions(), parts);
        this.outcome =
            new Patch(model, step, workspace, audits, results, Optional.of(chosen))
                .apply(why(), versions, true);
      }
    }

    private String why() {
      return parts.size() == 1
          ? "partition " + parts.getFirst()
          : parts.size() + " partitions, " + parts.getFirst() + " to " + parts.getLast();
    }

    StepRecord step() {
      return BackfillTimes.this.step(run, outcome, startedAt);
    }

    /// In the publish: what was made, and what the table is now.
    void write(Transaction transaction) {
      Instant now = opened.clock().instant();
      String named = PartLook.versions(versions);
      List<PartRecord> records =
          parts.stream().map(part -> record(part, run, named, now, "")).toList();
      Optional<TableState> before = transaction.states().find(found.model().table());
      whole = isWhole(transaction.parts().ofTable(found.model().table()), before, named);
      transaction.parts().put(records);
      results.write(transaction);
      if (!whole) {
        transaction.states().put(inPart(before, now));
      }
      transaction.runs().putStep(step());
      transaction.runs().end(run, RunState.SUCCEEDED, now, "");
    }

    /// Every partition was made by the model as it is, from the same versions of what it reads.
    private boolean isWhole(
        List<PartRecord> earlier, Optional<TableState> before, String versionsNow) {
      String fingerprint = found.model().fingerprint();
      boolean restIsNew =
          before
              .filter(state -> state.fingerprint().equals(fingerprint))
              .filter(state -> state.inputs().equals(versions))
              .isPresent();
      Set<String> done = new HashSet<>(parts);
      earlier.stream()
          .filter(one -> one.made() && one.fingerprint().equals(fingerprint))
          .filter(one -> one.inputs().equals(versionsNow))
          .forEach(one -> done.add(one.part()));
      return found.versions().equals(versionsNow)
          && found.parts().stream().allMatch(part -> done.contains(part.part()) || restIsNew);
    }

    private TableState inPart(Optional<TableState> before, Instant now) {
      TableName table = found.model().table();
      Optional<LakeTable> there = branch.find(table);
      return new TableState(
          table,
          before.map(TableState::fingerprint).orElse(BackfillMark.TEXT),
          there.map(LakeTable::metadataLocation).orElse(""),
          before.map(TableState::inputs).orElse(Map.of()),
          run,
          before.map(TableState::at).orElse(now),
          there.map(LakeTable::rows).orElse(0L),
          there.map(LakeTable::bytes).orElse(0L),
          found.model().settings().description());
    }
  }
}
