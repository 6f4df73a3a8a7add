package dev.tarn.bench.tpch;

import dev.tarn.store.MetadataStore;
import dev.tarn.store.StepRecord;
import dev.tarn.vocabulary.StepState;
import dev.tarn.vocabulary.TableName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How the last run refreshed a table.
///
/// @param how `incremental` or `full`; empty when there was nothing to do
/// @param reason why, or what came to it
record Refreshed(String how, String reason, double seconds) {

  /// Of all tables that the last run looked at.
  static Map<TableName, Refreshed> ofLastRun(MetadataStore store) {
    return store.read(read -> {
      Map<TableName, Refreshed> found = new TreeMap<>();
      for (StepRecord step : read.runs().steps(read.runs().latest(1).getFirst().run())) {
        if (step.state() == StepState.SUCCEEDED) {
          found.put(step.table(), new Refreshed(step.refresh(), step.reason(), seconds(step)));
        }
      }
      return found;
    });
  }

  private static double seconds(StepRecord step) {
    return step.endedAt().map(end -> Duration.between(step.startedAt(), end)).stream()
        .mapToDouble(took -> took.toNanos() / 1e9)
        .sum();
  }

  boolean due() {
    return !how.isEmpty();
  }

  /// The part of a query for which it was computed whole.
  Optional<String> obstacle() {
    String before = "because: ";
    int at = reason.indexOf(before);
    return how.equals("incremental")
        ? Optional.empty()
        : Optional.of(at < 0 ? reason : reason.substring(at + before.length()));
  }
}
