package dev.tarn.app.test;

import java.time.Duration;
import java.util.List;

/// What a test came to.
///
/// @param complaints what did not come out as expected; none when it passed
public record TestResult(BoundTest bound, Duration took, List<Complaint> complaints) {
  public TestResult {
    complaints = List.copyOf(complaints);
  }

  public UnitTest test() {
    return bound.test();
  }

  public boolean passed() {
    return complaints.isEmpty();
  }

  /// Whether it could not be carried out, rather than come to something else.
  public boolean broken() {
    return complaints.stream().anyMatch(Complaint.Broken.class::isInstance);
  }
}
