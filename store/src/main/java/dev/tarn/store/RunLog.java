package dev.tarn.store;

import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.RunState;
import dev.tarn.vocabulary.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The runs and their steps.
public interface RunLog {
  void begin(RunRecord run);

  /// False, and nothing done, when the run is not `running`.
  boolean end(RunId run, RunState state, Instant at, String reason);

  Optional<RunRecord> find(RunId run);

  /// The newest first.
  List<RunRecord> latest(int limit);

  /// Those that never ended: one that goes on, or whose process died.
  List<RunRecord> running();

  /// As [#running], on main and on all branches.
  List<RunRecord> runningEverywhere();

  /// Takes the place of the same attempt's earlier record.
  void putStep(StepRecord step);

  /// By table, then attempt.
  List<StepRecord> steps(RunId run);

  /// The newest first.
  List<StepRecord> stepsOf(TableName table, int limit);

  /// Of all runs, the newest first.
  List<StepRecord> latestSteps(int limit);
}
