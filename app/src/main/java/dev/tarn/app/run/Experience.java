package dev.tarn.app.run;

import dev.tarn.app.plan.KnownModel;
import dev.tarn.store.MetadataStore;
import dev.tarn.store.StepRecord;
import dev.tarn.transform.RefreshChoice;
import dev.tarn.vocabulary.StepState;
import dev.tarn.vocabulary.Timings;
import java.time.Duration;
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
    List<StepRecord> followed = of("incremental", steps);
    List<StepRecord> computed = of("full", steps);
    if (followed.isEmpty() || computed.isEmpty()) {
      return Optional.empty();
    }
    List<StepRecord> since = steps.subList(0, steps.indexOf(followed.getFirst()));
    return of("full", since).size() >= TRY_AGAIN
        ? Optional.empty()
        : took(followed.getFirst())
            .flatMap(
                following -> took(computed.getFirst()).flatMap(whole -> against(following, whole)));
  }

  private static List<StepRecord> of(String refresh, List<StepRecord> steps) {
    return steps.stream()
        .filter(step -> step.state() == StepState.SUCCEEDED && step.refresh().equals(refresh))
        .toList();
  }

  private static Optional<String> against(Duration following, Duration whole) {
    boolean much =
        following.minus(whole).compareTo(MUCH) > 0
            && following.toMillis() > whole.toMillis() * TIMES;
    return much
        ? Optional.of(
            "following changes took %s, all of it %s"
                .formatted(Timings.text(following), Timings.text(whole)))
        : Optional.empty();
  }

  private static Optional<Duration> took(StepRecord step) {
    return step.endedAt().map(end -> Duration.between(step.startedAt(), end));
  }
}
