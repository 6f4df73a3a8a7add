package dev.tarn.orchestrate;

import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Puts steps into the order in which they had better begin: a run takes as long as its longest way
/// of steps that wait for one another, so what begins such a way should not wait.
final class LongestWay {
  private final List<Step> steps;
  private final Map<TableName, List<TableName>> next = new HashMap<>();
  private final Map<TableName, Integer> lengths = new HashMap<>();

  LongestWay(List<Step> steps) {
    this.steps = List.copyOf(steps);
    for (Step step : this.steps) {
      step.after()
          .forEach(
              before -> next.computeIfAbsent(before, _ -> new ArrayList<>()).add(step.table()));
    }
  }

  /// Those with the longest way before them first, else as they were.
  List<Step> first() {
    return steps.stream()
        .sorted(Comparator.comparingInt((Step step) -> length(step.table())).reversed())
        .toList();
  }

  private int length(TableName table) {
    Integer known = lengths.get(table);
    if (known != null) {
      return known;
    }
    // Steps that wait for one another in a circle never begin; here they must only come to an end.
    lengths.put(table, 0);
    int longest = 0;
    for (TableName after : next.getOrDefault(table, List.of())) {
      longest = Math.max(longest, length(after) + 1);
    }
    lengths.put(table, longest);
    return longest;
  }
}
