package dev.tarn.app.run;

import dev.tarn.app.plan.Blueprint;
import dev.tarn.lake.LakeTable;
import dev.tarn.store.StepRecord;
import dev.tarn.vocabulary.StepState;
import dev.tarn.vocabulary.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Finds out how each table of a project stands.
public final class TableHealths {
  private final Opened opened;
  private final Blueprint blueprint;

  public TableHealths(Opened opened, Blueprint blueprint) {
    this.opened = opened;
    this.blueprint = blueprint;
  }

  /// All tables of the project, each after what it reads.
  public List<TableHealth> all() {
    return blueprint.graph().ordered().stream().map(this::one).toList();
  }

  private TableHealth one(TableName table) {
    Optional<LakeTable> found = opened.lake().find(table);
    Optional<StepRecord> last =
        opened.store().read(transaction -> transaction.runs().stepsOf(table, 1)).stream()
            .findFirst();
    Optional<Duration> fresh = fresh(table);
    Optional<Duration> since =
        changedAt(found, last).map(at -> Duration.between(at, opened.clock().instant()));
    boolean ahead = since.filter(Duration::isNegative).isPresent();
    Optional<Duration> age = ahead ? Optional.of(Duration.ZERO) : since;
    boolean there = found.isPresent() || opened.lake().view(table).isPresent();
    String health = health(there, last, age, fresh);
    String early = ahead ? "made at a later time than now: was the clock set back?" : "";
    String note = health.equals("failing") ? last.map(StepRecord::reason).orElse("") : early;
    return new TableHealth(table, health, found.map(LakeTable::rows), age, fresh, note);
  }

  private static String health(
      boolean there, Optional<StepRecord> last, Optional<Duration> age, Optional<Duration> fresh) {
    boolean failing =
        last.filter(step -> step.state() == StepState.FAILED || step.state() == StepState.BLOCKED)
            .isPresent();
    if (failing) {
      return "failing";
    }
    if (!there) {
      return "absent";
    }
    boolean late = age.isPresent() && fresh.isPresent() && age.get().compareTo(fresh.get()) > 0;
    return late ? "late" : "ok";
  }

  private Optional<Duration> fresh(TableName table) {
    return blueprint
        .model(table)
        .flatMap(model -> model.settings().fresh())
        .or(() -> blueprint.source(table).flatMap(source -> source.fresh()));
  }

  /// For a source its newest data; for a model the last time it was found or made current.
  private Optional<Instant> changedAt(Optional<LakeTable> found, Optional<StepRecord> last) {
    Optional<Instant> changed = found.flatMap(LakeTable::changedAt);
    boolean model = found.map(LakeTable::name).flatMap(blueprint::model).isPresent();
    return model
        ? last.filter(step -> step.state() == StepState.SUCCEEDED && !Rollback.isRollback(step))
            .flatMap(StepRecord::endedAt)
            .or(() -> changed)
        : changed;
  }
}
