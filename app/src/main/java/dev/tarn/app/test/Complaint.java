package dev.tarn.app.test;

import dev.tarn.vocabulary.Failure;
import java.util.List;

/// One thing that did not come out as expected.
sealed interface Complaint {

  /// Rows.
  ///
  /// @param rows what was expected of them
  /// @param quarantine whether they are those in quarantine
  record Rows(BoundRows rows, boolean quarantine, RowDifference difference) implements Complaint {}

  /// Their number.
  record Count(ExpectedRows rows, boolean quarantine, long expected, long actual)
      implements Complaint {}

  /// A check.
  ///
  /// @param actual as a test writes it, such as `passed` or `{quarantined: 2}`
  /// @param samples some of the rows that failed it
  record Check(
      ExpectedCheck check, String name, String expected, String actual, List<String> samples)
      implements Complaint {
    public Check {
      samples = List.copyOf(samples);
    }
  }

  /// The model was to fail, and did not, or with something else.
  record NoError(String expected, String actual) implements Complaint {}

  /// Something failed that was not to fail.
  record Broken(Failure failure) implements Complaint {}

  /// Nothing is expected yet.
  record NothingExpected(BoundRows rows, RowDifference all) implements Complaint {}
}
