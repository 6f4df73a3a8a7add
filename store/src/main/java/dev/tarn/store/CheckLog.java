package dev.tarn.store;

import dev.tarn.vocabulary.CheckResult;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.util.List;

/// What the checks found.
public interface CheckLog {
  void add(RunId run, List<CheckResult> results);

  /// In the order of judging.
  List<CheckRecord> ofRun(RunId run);

  /// The newest first.
  List<CheckRecord> ofTable(TableName table, int limit);

  /// The newest first.
  List<CheckRecord> latest(int limit);
}
