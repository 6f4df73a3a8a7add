package dev.tarn.app.run;

import dev.tarn.app.plan.Blueprint;
import dev.tarn.app.plan.KnownModel;
import dev.tarn.app.plan.KnownSource;
import dev.tarn.ingest.LandingContext;
import dev.tarn.lake.AsOf;
import dev.tarn.lake.Branch;
import dev.tarn.orchestrate.Retries;
import dev.tarn.orchestrate.Runner;
import dev.tarn.orchestrate.Selection;
import dev.tarn.orchestrate.Step;
import dev.tarn.orchestrate.StepOutcome;
import dev.tarn.orchestrate.StepWork;
import dev.tarn.orchestrate.TableGraph;
import dev.tarn.quality.AuditSettings;
import dev.tarn.quality.Auditor;
import dev.tarn.store.CheckRecord;
import dev.tarn.store.CommitOutcomeUnknown;
import dev.tarn.store.MetadataStore;
import dev.tarn.store.Pointer;
import dev.tarn.store.RunLock;
import dev.tarn.store.RunRecord;
import dev.tarn.store.TableState;
import dev.tarn.transform.Materialize;
import dev.tarn.vocabulary.CheckResult;
import dev.tarn.vocabulary.Event;
import dev.tarn.vocabulary.Events;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.RunState;
import dev.tarn.vocabulary.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Brings tables up to date: sources land, models are refreshed aside and checked, and all that was
/// made is published in one transaction, or nothing of it.
public final class ProjectRun {
  private static final int HISTORY_LIMIT = 10_000;
  private static final Retries.Pauser SLEEP = time -> Thread.sleep(time);

  private final Opened opened;
  private final Blueprint blueprint;
  private final Events events;

  /// @param opened the project's store, lake and engine
  public ProjectRun(Opened opened, Blueprint blueprint, Events events) {
    this.opened = opened;
    this.blueprint = blueprint;
    this.events = events;
  }

  /// Runs. A failed step or check is a summary, not a failure.
  ///
  /// @param whileWaiting is told whom the run waits for, when it must
  /// @throws Failure when the request is wrong, or another run goes on for too long
  public RunSummary run(RunRequest request, Interrupts interrupts) {
    TableGraph graph = blueprint.graph();
    Set<TableName> chosen = choose(graph, request.select());
    try (RunLock lock =
        opened.store().lockRuns(blueprint.project().work().patience(), interrupts::waiting)) {
      RunId run = RunId.next(opened.clock().instant(), opened.random());
      lock.holdFor(run);
      new DeadRuns(opened).settle();
      return run(run, request, graph, chosen, interrupts);
    }
  }

  private Set<TableName> choose(TableGraph graph, List<String> select) {
    Problems problems = new Problems();
    Set<TableName> chosen =
        new Selection(graph, blueprint.project().tags()).choose(select, problems);
    problems.throwIfAny();
    return chosen;
  }

  private RunSummary run(
      RunId run,
      RunRequest request,
      TableGraph graph,
      Set<TableName> chosen,
      Interrupts interrupts) {
    Instant startedAt = opened.clock().instant();
    opened
        .store()
        .writeAgain(transaction ->
            transaction
                .runs()
                .begin(
                    RunRecord.begun(
                        run,
                        opened.typed(request.command()),
                        startedAt,
                        opened.pid(),
                        opened.host())));
    events.tell(new Event.RunStarted(run, chosen.size()));
    Journal journal = new Journal(run, opened.store(), events);
    Runner runner =
        new Runner(
            blueprint.project().work().threads(),
            new Retries(3, Duration.ofMillis(200), SLEEP),
            opened.clock(),
            journal);
    try (Branch branch = opened.lake().branch(run);
        LazySession session = opened.session();
        Interrupts.Watch _ = interrupts.watch(() -> cancel(runner, session))) {
      Workspace workspace =
          new Workspace(opened.lake(), branch, session, request.asOf(), blueprint.viewInputs());
      RunResults results = new RunResults(run, branch, opened.clock(), blueprint.lineage());
      Map<TableName, StepOutcome> outcomes;
      try (ChangeFollower follower = follower(workspace, request)) {
        outcomes =
            runner.run(
                steps(run, request, graph, chosen, workspace, results, follower), session::crowd);
      }
      return end(new Ending(run, startedAt, outcomes, journal), branch, results);
    }
  }

  private static void cancel(Runner runner, LazySession session) {
    runner.cancel();
    session.cancel();
  }

  private ChangeFollower follower(Workspace workspace, RunRequest request) {
    return new ChangeFollower(
        opened.store(),
        opened.lake(),
        workspace,
        request.asOf() instanceof AsOf.Current,
        opened.clock().instant());
  }

  private List<Step> steps(
      RunId run,
      RunRequest request,
      TableGraph graph,
      Set<TableName> chosen,
      Workspace workspace,
      RunResults results,
      ChangeFollower follower) {
    Map<TableName, TableState> states =
        opened.store().read(transaction -> transaction.states().all()).stream()
            .collect(Collectors.toMap(TableState::table, Function.identity()));
    Map<TableName, String> current =
        opened.store().read(transaction -> transaction.pointers().all()).stream()
            .collect(Collectors.toMap(Pointer::name, Pointer::metadataLocation));
    Auditor auditor =
        new Auditor(
            opened.clock(),
            (table, check) -> history(opened.store(), table, check),
            events,
            AuditSettings.defaults());
    Audits audits = new Audits(run, auditor, workspace, opened.store());
    Refreshes refreshes = new Refreshes(states, current, request.full());
    SourceStep.Verdicts verdicts =
        new SourceStep.Verdicts(opened.store(), states, run, opened.clock());
    Landings landings =
        new Landings(
            workspace.session(),
            new LandingContext(
                opened.lake(),
                workspace.session(),
                run,
                opened.clock(),
                events,
                blueprint.project().work().threads()));
    List<Step> steps = new ArrayList<>();
    for (TableName table : graph.ordered()) {
      if (chosen.contains(table)) {
        Set<TableName> after = new HashSet<>(graph.inputs(table));
        after.retainAll(chosen);
        StepWork work =
            work(
                table,
                request,
                source -> new SourceStep(source, landings, workspace, audits, verdicts),
                model -> {
                  if (model.settings().materialize() == Materialize.SNAPSHOT) {
                    return history(model, request, refreshes, follower, workspace, audits, results);
                  }
                  ModelStep step =
                      new ModelStep(model, refreshes, follower, workspace, audits, results);
                  return request.readmit().contains(table)
                      ? readmit(model, step, refreshes, workspace, audits, results)
                      : step;
                });
        steps.add(new Step(table, after, work));
      }
    }
    return steps;
  }

  /// What is true now goes into a history, not what was.
  private StepWork history(
      KnownModel model,
      RunRequest request,
      Refreshes refreshes,
      ChangeFollower follower,
      Workspace workspace,
      Audits audits,
      RunResults results) {
    return request.asOf() instanceof AsOf.Current
        ? new HistoryStep(model, refreshes, follower, workspace, audits, results)
        : _ ->
            StepOutcome.unchanged(
                "nothing taken: a history takes what is, and the run reads an earlier version");
  }

  private static ReadmitStep readmit(
      KnownModel model,
      ModelStep whole,
      Refreshes refreshes,
      Workspace workspace,
      Audits audits,
      RunResults results) {
    Patch patch = new Patch(model, whole, workspace, audits, results, Optional.empty());
    return new ReadmitStep(model, whole, patch, refreshes, workspace);
  }

  /// What a check found in earlier runs, for those that compare.
  static List<CheckResult> history(MetadataStore store, TableName table, String check) {
    return store.read(transaction -> transaction.checks().ofTable(table, HISTORY_LIMIT)).stream()
        .map(CheckRecord::result)
        .filter(result -> result.name().equals(check))
        .toList();
  }

  private StepWork work(
      TableName table,
      RunRequest request,
      Function<KnownSource, StepWork> source,
      Function<KnownModel, StepWork> model) {
    Optional<KnownSource> known = blueprint.source(table);
    if (known.isPresent()) {
      return request.asOf() instanceof AsOf.Current
          ? source.apply(known.get())
          : _ -> StepOutcome.unchanged("nothing new: the run reads an earlier version");
    }
    return model.apply(
        blueprint
            .model(table)
            .orElseThrow(
                () -> Failure.bug(table + " is in the graph alone", new IllegalStateException())));
  }

  private RunSummary end(Ending ending, Branch branch, RunResults results) {
    RunState state = ending.state();
    if (state != RunState.SUCCEEDED) {
      branch.discard();
      return finish(ending, state, 0, ending.reason());
    }
    try {
      Instant at = opened.clock().instant();
      branch.publish(transaction -> {
        results.write(transaction);
        ending.journal.idle().forEach(transaction.runs()::putStep);
        transaction.runs().end(ending.run, RunState.SUCCEEDED, at, "");
      });
    } catch (Failure failure) {
      String what =
          failure.getCause() instanceof CommitOutcomeUnknown ? "" : "nothing was published: ";
      return finish(ending, RunState.FAILED, 0, what + failure.getMessage());
    }
    if (ending.journal.repeated()) {
      sweep(ending.run);
    }
    return told(ending, RunState.SUCCEEDED, results.count(), "");
  }

  /// Removes what attempts left behind that failed before others succeeded.
  private void sweep(RunId run) {
    try {
      opened.lake().sweepRuns(Set.of(run));
    } catch (Failure _) {
      // Upkeep finds what is left.
    }
  }

  private RunSummary finish(Ending ending, RunState state, int published, String reason) {
    Instant at = opened.clock().instant();
    opened
        .store()
        .writeAgain(transaction -> {
          ending.journal.idle().forEach(transaction.runs()::putStep);
          transaction.runs().end(ending.run, state, at, reason);
          DeadRuns.sweepLater(transaction, ending.run);
        });
    return told(ending, state, published, reason);
  }

  private RunSummary told(Ending ending, RunState state, int published, String reason) {
    Duration took = Duration.between(ending.startedAt, opened.clock().instant());
    events.tell(new Event.RunEnded(ending.run, state, published, took));
    return new RunSummary(ending.run, state, ending.outcomes, published, took, reason);
  }

  private record Ending(
      RunId run, Instant startedAt, Map<TableName, StepOutcome> outcomes, Journal journal) {

    RunState state() {
      if (outcomes.values().stream().allMatch(StepOutcome::succeeded)) {
        return RunState.SUCCEEDED;
      }
      boolean cancelled =
          outcomes.values().stream()
              .anyMatch(outcome -> outcome.state().text().equals("cancelled"));
      return cancelled ? RunState.CANCELLED : RunState.FAILED;
    }

    String reason() {
      return outcomes.entrySet().stream()
          .filter(outcome -> !outcome.getValue().succeeded())
          .filter(outcome -> !outcome.getValue().state().text().equals("skipped"))
          .map(outcome ->
              outcome.getKey()
                  + " "
                  + outcome.getValue().state().text()
                  + ": "
                  + outcome.getValue().reason())
          .collect(Collectors.joining("\n"));
    }
  }
}
