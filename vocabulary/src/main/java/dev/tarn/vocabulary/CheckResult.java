package dev.tarn.vocabulary;

import java.time.Instant;
import java.util.List;

/// What one check found in one run.
///
/// @param kind the check's kind as written in the project, such as `unique`
/// @param check the check in one line, as a person would say it
/// @param onFail `block`, `warn` or `quarantine`
/// @param rows how many rows were judged
/// @param failures how many of them failed; for checks of the whole table 0 or 1
/// @param passed true when the failures are within the check's tolerance
/// @param samples some failing rows, each as a JSON object
/// @param detail what was measured, when a count alone does not say it
public record CheckResult(
    TableName table,
    String name,
    String kind,
    String check,
    String onFail,
    boolean passed,
    long rows,
    long failures,
    List<String> samples,
    String detail,
    Instant at) {

  public CheckResult {
    samples = List.copyOf(samples);
  }
}
