package dev.tarn.store;

import dev.tarn.vocabulary.Drift;
import dev.tarn.vocabulary.TableName;
import java.util.List;

/// The changes of the sources' columns, in the order they were seen.
public interface DriftLog {
  void add(List<Drift> drifts);

  List<Drift> ofTable(TableName table);

  List<Drift> all();
}
