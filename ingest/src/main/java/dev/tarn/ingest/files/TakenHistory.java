package dev.tarn.ingest.files;

import dev.tarn.vocabulary.Consumed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// All that a source has taken for a table, and what it came to last.
final class TakenHistory {
  /// One content of one item, however often it was recorded.
  ///
  /// @param first when it came in first
  /// @param made what it came to when it was last read
  /// @param last when it was last recorded
  /// @param rank of the last record
  record Version(Consumed first, Consumed made, Consumed last, int rank) {
    String item() {
      return last.item();
    }

    String content() {
      return last.version();
    }
  }

  private final Map<List<String>, Version> versions = new LinkedHashMap<>();

  /// @param records in the order of taking
  TakenHistory(List<Consumed> records) {
    for (int i = 0; i < records.size(); i++) {
      Consumed next = records.get(i);
      int rank = i;
      versions.merge(
          List.of(next.item(), next.version()),
          new Version(next, next, next, rank),
          (known, _) -> new Version(known.first(), isSame(next) ? known.made() : next, next, rank));
    }
  }

  private static boolean isSame(Consumed one) {
    return one.outcome().equals(Taken.Outcome.SAME.text);
  }

  /// In the order in which they came in first.
  List<Version> versions() {
    return List.copyOf(versions.values());
  }

  /// The items of which a version is chosen, and those that share content with them, and so on: who
  /// of them counts as the first may change.
  Set<String> items(Predicate<Version> chosen) {
    Map<String, List<Version>> byContent = new HashMap<>();
    Map<String, List<Version>> byItem = new HashMap<>();
    List<String> open = new ArrayList<>();
    for (Version version : versions.values()) {
      byContent.computeIfAbsent(version.content(), _ -> new ArrayList<>()).add(version);
      byItem.computeIfAbsent(version.item(), _ -> new ArrayList<>()).add(version);
      if (chosen.test(version)) {
        open.add(version.item());
      }
    }
    Set<String> items = new HashSet<>();
    while (!open.isEmpty()) {
      String item = open.removeLast();
      if (items.add(item)) {
        for (Version version : byItem.getOrDefault(item, List.of())) {
          byContent
              .getOrDefault(version.content(), List.of())
              .forEach(twin -> open.add(twin.item()));
        }
      }
    }
    return items;
  }
}
