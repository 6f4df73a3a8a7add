package dev.tarn.quality;

import java.time.Instant;
import java.util.Optional;

/// Who judges which check.
///
/// @param now the time that ages are measured against
/// @param aside the rows that were kept out of the table as it was written
record Judges(Instant now, CheckHistory history, Optional<SetAside> aside) {

  Judges(Instant now, CheckHistory history) {
    this(now, history, Optional.empty());
  }

  Judge of(DeclaredCheck declared, Subject subject) {
    return aside
        .filter(_ -> declared.quarantines())
        .<Judge>map(rows -> new ScreenedJudge(declared, subject, rows))
        .orElseGet(() -> judge(declared, subject));
  }

  private Judge judge(DeclaredCheck declared, Subject subject) {
    return switch (declared.check()) {
      case RowCheck.Unique check -> new UniqueJudge(declared, check, subject);
      case RowCheck.Sql check ->
          RowFilter.of(check.query())
              .map(condition -> RowRule.filter(RowRule.where(declared), condition))
              .<Judge>map(rule -> new RowJudge(declared, rule, subject))
              .orElseGet(() -> new SqlJudge(declared, check, subject));
      case RowCheck check -> new RowJudge(declared, RowRule.of(declared, check, subject), subject);
      case TableCheck.RowCount check -> new RowCountJudge(declared, check);
      case TableCheck.Fresh check -> new FreshJudge(declared, check, now);
      case TableCheck.DistinctCount check -> new DistinctCountJudge(declared, check);
      case TableCheck.EqualTotals check -> new TotalsJudge(declared, check, subject);
      case TableCheck.Anomaly check -> new AnomalyJudge(declared, check, subject, now, history);
      case TableCheck.Columns check -> new ColumnsJudge(check, subject);
    };
  }
}
