package dev.tarn.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.store.StepRecord;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.StepState;
import dev.tarn.vocabulary.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Following is given up where it was much dearer than computing all, and tried again in time.
class ExperienceTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private final List<StepRecord> steps = new ArrayList<>();

  private ExperienceTest then(String refresh, double seconds) {
    return then(refresh, seconds, StepState.SUCCEEDED);
  }

  private ExperienceTest then(String refresh, double seconds, StepState state) {
    Instant end = START.plusMillis((long) (seconds * 1000));
    steps.add(
        new StepRecord(
            new RunId("01M800000000000000000000" + (10 + steps.size())),
            TableName.parse("gold.t"),
            state,
            1,
            START,
            Optional.of(end),
            1,
            1,
            "",
            refresh));
    return this;
  }

  private Optional<String> against() {
    List<StepRecord> newestFirst = new ArrayList<>(steps);
    Collections.reverse(newestFirst);
    return Experience.against(newestFirst);
  }

  @Test
  void without_both_there_is_nothing_to_compare() {
    assertThat(against()).isEmpty();
    assertThat(then("full", 1).against()).isEmpty();
    steps.clear();
    assertThat(then("incremental", 100).against()).isEmpty();
  }

  @Test
  void what_was_much_dearer_is_not_done_again() {
    then("full", 1).then("incremental", 4);

    assertThat(against()).hasValue("following changes took 4.0s, all of it 1.0s");
  }

  @Test
  void a_little_dearer_is_well() {
    assertThat(then("full", 1).then("incremental", 2.5).against()).isEmpty();
    assertThat(then("full", 60).then("incremental", 70).against()).isEmpty();
  }

  @Test
  void the_latest_of_either_kind_counts() {
    then("full", 1).then("incremental", 9).then("full", 3);
    assertThat(against()).hasValue("following changes took 9.0s, all of it 3.0s");

    assertThat(then("full", 8).against()).isEmpty();
    assertThat(then("full", 3).then("incremental", 1).against()).isEmpty();
  }

  @Test
  void what_did_not_succeed_or_did_nothing_tells_nothing() {
    then("full", 1)
        .then("", 0.01)
        .then("incremental", 9, StepState.FAILED)
        .then("full", 1, StepState.BLOCKED);

    assertThat(against()).isEmpty();
  }

  @Test
  void after_eight_times_it_is_tried_again() {
    then("full", 1).then("incremental", 9);
    for (int i = 0; i < 7; i++) {
      then("full", 1);
      assertThat(against()).isPresent();
    }

    assertThat(then("full", 1).against()).isEmpty();
  }
}
