package dev.tarn.quality;

import dev.tarn.vocabulary.CheckResult;
import java.util.List;

/// What the checks of one table found.
///
/// @param results one per check, in the order declared
/// @param kept the rows of the table after quarantine
/// @param quarantined the rows that were split off
public record AuditReport(List<CheckResult> results, long kept, long quarantined) {

  public AuditReport {
    results = List.copyOf(results);
  }

  /// The failed checks that keep the run from being published.
  public List<CheckResult> blocked() {
    return failed(OnFail.BLOCK);
  }

  /// The failed checks that are only reported.
  public List<CheckResult> warned() {
    return failed(OnFail.WARN);
  }

  private List<CheckResult> failed(OnFail onFail) {
    return results.stream()
        .filter(result -> !result.passed() && result.onFail().equals(onFail.text()))
        .toList();
  }
}
