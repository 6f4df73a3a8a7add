package dev.tarn.app.test;

import dev.tarn.vocabulary.CheckResult;
import java.util.ArrayList;
import java.util.List;

/// Holds what checks found against what a test expects of them.
final class CheckVerdicts {

  private CheckVerdicts() {}

  static List<Complaint> complaints(List<ExpectedCheck> expected, List<CheckResult> results) {
    List<Complaint> complaints = new ArrayList<>();
    for (ExpectedCheck check : expected) {
      for (CheckResult result : results) {
        boolean meant = check.ofAll() || check.name().equals(result.name());
        if (meant && !fits(check, result)) {
          complaints.add(
              new Complaint.Check(
                  check, result.name(), text(check), text(check, result), result.samples()));
        }
      }
    }
    return complaints;
  }

  private static boolean fits(ExpectedCheck check, CheckResult result) {
    boolean word =
        switch (check.word()) {
          case "" -> true;
          case "passed" -> result.passed();
          case "failed" -> !result.passed();
          default -> !result.passed() && check.word().equals(how(result));
        };
    return word
        && (check.failures().isEmpty() || check.failures().getAsLong() == result.failures());
  }

  private static String how(CheckResult result) {
    return switch (result.onFail()) {
      case "warn" -> "warned";
      case "quarantine" -> "quarantined";
      default -> "blocked";
    };
  }

  private static String text(ExpectedCheck check) {
    if (check.failures().isEmpty()) {
      return check.word();
    }
    String count = Long.toString(check.failures().getAsLong());
    return check.word().isEmpty() ? count : "{" + check.word() + ": " + count + "}";
  }

  /// What was found, in the words in which it was expected.
  private static String text(ExpectedCheck check, CheckResult result) {
    if (check.word().isEmpty()) {
      return Long.toString(result.failures());
    }
    if (result.passed()) {
      return "passed";
    }
    String word = check.word().equals("failed") ? "failed" : how(result);
    return "{" + word + ": " + result.failures() + "}";
  }
}
