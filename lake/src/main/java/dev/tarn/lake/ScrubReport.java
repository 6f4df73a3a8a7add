package dev.tarn.lake;

import java.util.List;

/// What reading every file of the lake found.
///
/// @param files how many files were read
/// @param unverified how many of them have no recorded checksum, because others wrote them
public record ScrubReport(int files, long bytes, int unverified, List<Damage> damaged) {

  public ScrubReport {
    damaged = List.copyOf(damaged);
  }

  /// A file that is not as it was written.
  ///
  /// @param owner the table or view that needs it, or `raw` for a kept source file
  /// @param what in what way: missing, shorter, other bytes
  public record Damage(String path, String owner, String what) {}
}
