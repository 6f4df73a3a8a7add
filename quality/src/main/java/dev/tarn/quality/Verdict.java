package dev.tarn.quality;

import dev.tarn.vocabulary.CheckResult;
import dev.tarn.vocabulary.TableName;
import java.time.Instant;
import java.util.List;

/// A judged check with samples of what failed.
record Verdict(DeclaredCheck declared, Judge judge, Outcome outcome, List<String> samples) {

  boolean splitsRows() {
    return declared.quarantines() && !outcome.passed();
  }

  CheckResult result(TableName table, Instant now) {
    return new CheckResult(
        table,
        declared.name(),
        declared.check().kind(),
        declared.check().text(),
        declared.onFail().text(),
        outcome.passed(),
        outcome.rows(),
        outcome.failures(),
        samples,
        outcome.detail(),
        now);
  }
}
