package dev.tarn.app.run;

import dev.tarn.orchestrate.Step;
import dev.tarn.orchestrate.StepJournal;
import dev.tarn.orchestrate.StepOutcome;
import dev.tarn.store.MetadataStore;
import dev.tarn.store.StepRecord;
import dev.tarn.vocabulary.Event;
import dev.tarn.vocabulary.Events;
import dev.tarn.vocabulary.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tells how steps go and writes down those that did something. Steps that found nothing new are
/// written with the run's end, in one go.
final class Journal implements StepJournal {
  private final RunId run;
  private final MetadataStore store;
  private final Events events;
  private final List<StepRecord> idle = new ArrayList<>();
  private volatile boolean repeated;

  Journal(RunId run, MetadataStore store, Events events) {
    this.run = run;
    this.store = store;
    this.events = events;
  }

  @Override
  public void started(Step step, int attempt) {
    repeated |= attempt > 1;
    events.tell(new Event.StepStarted(run, step.table(), attempt));
  }

  @Override
  public void ended(
      Step step, StepOutcome outcome, int attempts, Instant startedAt, Duration took) {
    StepRecord record =
        new StepRecord(
            run,
            step.table(),
            outcome.state(),
            Math.max(1, attempts),
            startedAt,
            Optional.of(startedAt.plus(took)),
            outcome.rows(),
            outcome.bytes(),
            outcome.reason(),
            outcome.refresh());
    if (outcome.changed()) {
      store.writeAgain(transaction -> transaction.runs().putStep(record));
    } else {
      keep(record);
    }
    events.tell(
        new Event.StepEnded(
            run,
            step.table(),
            outcome.state(),
            outcome.rows(),
            took,
            Optional.of(outcome.reason()).filter(text -> !text.isEmpty())));
  }

  private synchronized void keep(StepRecord record) {
    idle.add(record);
  }

  /// Whether a step failed and was tried again.
  boolean repeated() {
    return repeated;
  }

  /// The steps not written yet.
  synchronized List<StepRecord> idle() {
    return List.copyOf(idle);
  }
}
