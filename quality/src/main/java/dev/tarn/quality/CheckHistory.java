package dev.tarn.quality;

import dev.tarn.vocabulary.CheckResult;
import dev.tarn.vocabulary.TableName;
import java.util.List;

/// What a check found in earlier runs.
@FunctionalInterface
public interface CheckHistory {

  /// Earlier results of the check of that name, in any order; as many as are kept.
  List<CheckResult> earlier(TableName table, String check);

  /// There were no earlier runs.
  static CheckHistory none() {
    return (_, _) -> List.of();
  }
}
