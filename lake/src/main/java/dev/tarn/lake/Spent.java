package dev.tarn.lake;

import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Map;

/// Files that were part of a table once and that nothing needs any more.
///
/// @param tables how many they are and of what size, by table
public record Spent(List<String> paths, Map<TableName, Sweep> tables) {

  public Spent {
    paths = List.copyOf(paths);
    tables = Map.copyOf(tables);
  }

  public Sweep total() {
    return tables.values().stream().reduce(Sweep.NOTHING, Sweep::plus);
  }
}
