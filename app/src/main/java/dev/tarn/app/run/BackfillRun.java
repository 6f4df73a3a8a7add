package dev.tarn.app.run;

import dev.tarn.app.plan.Blueprint;
import dev.tarn.app.plan.KnownModel;
import dev.tarn.vocabulary.Event;
import dev.tarn.vocabulary.Events;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/// Makes partitions of tables, some at a time, each time published whole: what was made stays when
/// the rest fails or the process dies, and the next time goes on from there.
public final class BackfillRun {
  private static final int TIMES = 20;

  private final Opened opened;
  private final Blueprint blueprint;
  private final Events events;
  private final AtomicBoolean cancelled = new AtomicBoolean();

  public BackfillRun(Opened opened, Blueprint blueprint, Events events) {
    this.opened = opened;
    this.blueprint = blueprint;
    this.events = events;
  }

  /// Says what would be made, and makes nothing.
  public List<Backfilled> plan(BackfillRequest request) {
    List<Backfilled> tables = new ArrayList<>();
    try (LazySession session = opened.session()) {
      for (KnownModel model : models(request)) {
        PartLook.Found found = new PartLook(opened, blueprint, session).at(model);
        tables.add(
            new Backfilled(
                model.table(),
                found.partitions().text(),
                within(found, request),
                0,
                List.of(),
                false));
      }
    }
    return tables;
  }

  /// Tables come before those that read them.
  private List<KnownModel> models(BackfillRequest request) {
    Set<TableName> chosen = new HashSet<>(request.tables());
    return blueprint.graph().ordered().stream()
        .filter(chosen::contains)
        .flatMap(table -> blueprint.model(table).stream())
        .toList();
  }

  private static List<PartState> within(PartLook.Found found, BackfillRequest request) {
    return found.parts().stream()
        .filter(part -> Partitions.isWithin(part.part(), request.from(), request.to()))
        .toList();
  }

  /// Makes what is missing or failed, or all of it. What fails is told in the answer.
  public List<Backfilled> run(BackfillRequest request, Interrupts interrupts) {
    Readiness.require(opened);
    List<Backfilled> tables = new ArrayList<>();
    for (KnownModel model : models(request)) {
      if (!cancelled.get()) {
        tables.add(table(model, request, interrupts));
      }
    }
    return tables;
  }

  /// Whether somebody stopped it midway.
  public boolean isCancelled() {
    return cancelled.get();
  }

  private Backfilled table(KnownModel model, BackfillRequest request, Interrupts interrupts) {
    try (LazySession session = opened.session();
        Interrupts.Watch _ =
            interrupts.watch(() -> {
              cancelled.set(true);
              session.cancel();
            })) {
      PartLook.Found found = new PartLook(opened, blueprint, session).at(model);
      List<PartState> range = within(found, request);
      List<String> open =
          range.stream()
              .filter(part -> request.all() || part.state() != PartState.State.MADE)
              .map(PartState::part)
              .toList();
      BackfillTimes times =
          new BackfillTimes(opened, blueprint, events, found, request, session, interrupts);
      int atOnce = request.atOnce().orElse(Math.max(1, Math.ceilDiv(open.size(), TIMES)));
      for (int from = 0; from < open.size() && !cancelled.get(); from += atOnce) {
        make(times, open.subList(from, Math.min(open.size(), from + atOnce)));
        progress(times, model, open.size());
      }
      return new Backfilled(
          model.table(),
          found.partitions().text(),
          range.stream().map(times::after).toList(),
          times.made().size(),
          times.runs(),
          times.isWhole());
    }
  }

  /// What fails together is tried one by one, so that one partition's fault keeps no other out.
  private void make(BackfillTimes times, List<String> parts) {
    try {
      if (!times.make(parts) && parts.size() > 1) {
        parts.forEach(part -> makeUnlessCancelled(times, part));
      }
    } catch (Failure failure) {
      if (!cancelled.get()) {
        throw failure;
      }
    }
  }

  private void makeUnlessCancelled(BackfillTimes times, String part) {
    if (!cancelled.get()) {
      times.make(List.of(part));
    }
  }

  private void progress(BackfillTimes times, KnownModel model, int all) {
    List<RunId> runs = times.runs();
    if (!runs.isEmpty()) {
      events.tell(
          new Event.StepProgress(
              runs.getLast(), model.table(), times.made().size(), all, "partitions"));
    }
  }
}
