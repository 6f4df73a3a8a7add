package dev.tarn.store;

import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Optional;

/// The state of each table; the last one put counts.
public interface TableStates {
  void put(TableState state);

  Optional<TableState> find(TableName table);

  /// By table.
  List<TableState> all();

  void remove(TableName table);
}
