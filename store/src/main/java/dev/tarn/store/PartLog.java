package dev.tarn.store;

import dev.tarn.vocabulary.TableName;
import java.util.List;

/// What became of partitions that were made by themselves.
public interface PartLog {

  /// Each takes the place of what was known of the partition.
  void put(List<PartRecord> parts);

  List<PartRecord> ofTable(TableName table);
}
