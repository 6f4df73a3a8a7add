package dev.tarn.app.run;

import dev.tarn.orchestrate.StepOutcome;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.RunState;
import dev.tarn.vocabulary.TableName;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// How a run ended.
///
/// @param published how many silver, gold and further tables readers now see anew
public record RunSummary(
    RunId run,
    RunState state,
    Map<TableName, StepOutcome> steps,
    int published,
    Duration took,
    String reason) {
  public RunSummary {
    steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
  }

  /// Whether any step did work.
  public boolean changed() {
    return steps.values().stream().anyMatch(StepOutcome::changed);
  }
}
