package dev.tarn.vocabulary;

import java.time.Duration;
import java.util.Optional;

/// Something that happened in a run.
public sealed interface Event {

  RunId run();

  /// A run began, with so many steps before it.
  record RunStarted(RunId run, int steps) implements Event {}

  /// A run ended; `published` counts the tables that readers now see anew.
  record RunEnded(RunId run, RunState state, int published, Duration took) implements Event {}

  /// A step's attempt began.
  record StepStarted(RunId run, TableName table, int attempt) implements Event {}

  /// A step is under way; `done` and `total` are in the unit named.
  record StepProgress(RunId run, TableName table, long done, long total, String unit)
      implements Event {}

  /// A step ended; `rows` are the rows written.
  record StepEnded(
      RunId run,
      TableName table,
      StepState state,
      long rows,
      Duration took,
      Optional<String> reason)
      implements Event {}

  /// A check was judged.
  record CheckJudged(RunId run, CheckResult result) implements Event {}

  /// Something a person should know, that stops nothing.
  record Warned(RunId run, TableName table, String text) implements Event {}
}
