package dev.tarn.quality;

import dev.tarn.vocabulary.Location;
import java.math.BigDecimal;
import java.util.Optional;

/// A check as a project declares it for one table.
///
/// @param name names it within its table; made from the check when none was given
/// @param where the rows to judge; all when absent
/// @param tolerance the share of the judged rows that may fail, from 0 to 1
public record DeclaredCheck(
    Check check,
    OnFail onFail,
    String name,
    Optional<SqlAt> where,
    BigDecimal tolerance,
    Location at) {

  /// True when so many failures among so many judged rows are too many.
  boolean tooMany(long failures, long judged) {
    return BigDecimal.valueOf(failures).compareTo(tolerance.multiply(BigDecimal.valueOf(judged)))
        > 0;
  }

  /// Whether rows that fail it are put aside.
  public boolean quarantines() {
    return onFail == OnFail.QUARANTINE;
  }

  DeclaredCheck named(String other) {
    return new DeclaredCheck(check, onFail, other, where, tolerance, at);
  }
}
