package dev.tarn.app.run;

import dev.tarn.app.plan.KnownSource;
import dev.tarn.ingest.Replay;
import dev.tarn.store.StepRecord;
import dev.tarn.vocabulary.Events;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.RunState;
import dev.tarn.vocabulary.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// Has sources read again what they took before, from the copies that were kept, with the settings
/// as they are now. All tables are judged by their checks and published in one transaction, or
/// nothing changes.
public final class ReplayRun {
  private final Opened opened;
  private final Events events;

  public ReplayRun(Opened opened, Events events) {
    this.opened = opened;
    this.events = events;
  }

  /// What would be read again; sources with nothing to read again are left out.
  ///
  /// @throws Failure naming all files that can't be, unless they may stay
  public List<Replay> plan(ReplayRequest request) {
    Problems problems = new Problems();
    List<Replay> replays = new ArrayList<>();
    for (KnownSource source : request.sources()) {
      Replay replay = source.source().replay(opened.lake(), request.scope());
      if (!request.keepGone()) {
        replay.gone().forEach(gone -> problems.add(lost(source.table(), gone)));
      }
      if (!replay.again().isEmpty()) {
        replays.add(replay.withoutGone());
      }
    }
    problems.throwIfAny();
    return replays;
  }

  private static Problem lost(TableName table, Replay.Gone gone) {
    return Problem.of(
        table
            + ": '"
            + gone.item()
            + "' can't be read again: its copy "
            + gone.copy()
            + " is no longer kept",
        "put it back, from a backup say, or let its "
            + gone.rows()
            + " rows stay as they are: --keep-gone");
  }

  /// Reads again. A check that blocks is a summary, not a failure.
  public ReplaySummary run(ReplayRequest request, Interrupts interrupts) {
    Turn turn = new Turn(opened, events);
    return turn.take(
        interrupts::waiting,
        run -> {
          List<Replay> replays = plan(request);
          return replays.isEmpty()
              ? new ReplaySummary(Optional.empty(), RunState.SUCCEEDED, List.of(), "")
              : run(run, request, replays, turn, interrupts);
        });
  }

  private ReplaySummary run(
      RunId run, ReplayRequest request, List<Replay> replays, Turn turn, Interrupts interrupts) {
    Instant startedAt = turn.begin(run, request.command(), replays.size());
    AtomicBoolean cancelled = new AtomicBoolean();
    try (LazySession session = opened.session();
        Interrupts.Watch _ =
            interrupts.watch(() -> {
              cancelled.set(true);
              session.cancel();
            });
        ReplayWork work = new ReplayWork(opened, events, run, session, request.sources())) {
      List<Replayed> tables = new ArrayList<>();
      replays.forEach(replay -> tables.add(work.again(replay)));
      if (work.blocked().isEmpty()) {
        work.publish();
        turn.published(run, tables.size(), startedAt);
        return new ReplaySummary(Optional.of(run), RunState.SUCCEEDED, tables, "");
      }
      String reason = String.join("\n", work.blocked());
      List<StepRecord> steps = work.steps();
      opened.store().writeAgain(transaction -> steps.forEach(transaction.runs()::putStep));
      turn.failed(run, RunState.FAILED, reason, startedAt);
      return new ReplaySummary(Optional.of(run), RunState.FAILED, tables, reason);
    } catch (Failure failure) {
      RunState state = cancelled.get() ? RunState.CANCELLED : RunState.FAILED;
      turn.failed(run, state, failure.getMessage(), startedAt);
      throw failure;
    }
  }
}
