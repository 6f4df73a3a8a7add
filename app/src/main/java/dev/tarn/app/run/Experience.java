package dev.tarn.app.run;

import dev.tarn.app.plan.KnownModel;
import dev.tarn.store.MetadataStore;
import dev.tarn.store.StepRecord;
import dev.tarn.transform.RefreshChoice;
import dev.tarn.vocabulary.StepState;
import dev.tarn.vocabulary.Timings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What following changes into a table took, and what computing all of it took: the better guess of
/// what either will take than any reckoning from rows. Where following was much dearer all is
/// computed, and after some such times following is tried again: tables grow, and changes differ.
final class Experience {
  private static final int STEPS = 50;
  private static final int TRY_AGAIN = 8;
  private static final Duration MUCH = Duration.ofSeconds(2);
  private static final double TIMES = 1.5;

  private Experience() {}

  /// Why all of a model's table is better computed than what changed; empty when it is not known to
  /// be, or when the model's settings leave no choice.
  static Optional<String> against(MetadataStore store, KnownModel model) {
    return model.settings().refresh() == RefreshChoice.INCREMENTAL
        ? Optional.empty()
        : against(store.read(transaction -> transaction.runs().stepsOf(model.table(), STEPS)));
  }

  /// @param steps the newest first
  static Optional<String> against(List<StepRecord> steps) {
    List<Duration> whole = new ArrayList<>();
    for (StepRecord step : steps) {
      if (step.state() == StepState.SUCCEEDED && step.refresh().equals("full")) {
        took(step).ifPresent(whole::add);
      } else if (step.state() == StepState.SUCCEEDED && step.refresh().equals("incremental")) {
        return took(step).flatMap(following -> against(following, whole, older(steps, step)));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> against(
      Duration following, List<Duration> since, Optional<Duration> before) {
    if (since.size() >= TRY_AGAIN) {
      return Optional.empty();
    }
    return since.stream()
        .findFirst()
        .or(() -> before)
        .filter(whole -> following.minus(whole).compareTo(MUCH) > 0)
        .filter(whole -> following.toMillis() > whole.toMillis() * TIMES)
        .map(whole ->
            "following changes took %s, all of it %s"
                .formatted(Timings.text(following), Timings.text(whole)));
  }

  /// What computing all took before a step.
  private static Optional<Duration> older(List<StepRecord> steps, StepRecord than) {
    return steps.subList(steps.indexOf(than) + 1, steps.size()).stream()
        .filter(step -> step.state() == StepState.SUCCEEDED && step.refresh().equals("full"))
        .findFirst()
        .flatMap(Experience::took);
  }

  private static Optional<Duration> took(StepRecord step) {
    return step.endedAt().map(end -> Duration.between(step.startedAt(), end));
  }
}
