package dev.tarn.orchestrate;

import dev.tarn.vocabulary.Layer;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Suggestions;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Chooses tables as people write it: `silver.orders`, `silver`, `tag:finance`, with `+` before for
/// all upstream and `+` after for all downstream. No words choose everything.
public final class Selection {
  private final TableGraph graph;
  private final Map<TableName, List<String>> tags;

  public Selection(TableGraph graph, Map<TableName, List<String>> tags) {
    this.graph = graph;
    this.tags = Map.copyOf(tags);
  }

  /// The chosen tables. Words that choose nothing are problems.
  public Set<TableName> choose(List<String> words, Problems problems) {
    if (words.isEmpty()) {
      return graph.tables();
    }
    Set<TableName> chosen = new TreeSet<>();
    words.forEach(word -> chosen.addAll(choose(word, problems)));
    return chosen;
  }

  private Set<TableName> choose(String word, Problems problems) {
    boolean up = word.startsWith("+");
    boolean down = word.endsWith("+") && word.length() > 1;
    String core = word.substring(up ? 1 : 0, word.length() - (down ? 1 : 0));
    Set<TableName> named = named(core);
    if (named.isEmpty()) {
      problems.add(
          Location.file("'" + word + "'"),
          "chooses no table of this project",
          Suggestions.didYouMean(core, known()));
    }
    Set<TableName> chosen = new TreeSet<>(named);
    named.forEach(table -> {
      chosen.addAll(up ? graph.upstream(table) : Set.of());
      chosen.addAll(down ? graph.downstream(table) : Set.of());
    });
    return chosen;
  }

  private Set<TableName> named(String core) {
    Set<TableName> named = new TreeSet<>();
    for (TableName table : graph.tables()) {
      boolean tagged =
          core.startsWith("tag:")
              && tags.getOrDefault(table, List.of()).contains(core.substring(4));
      if (tagged
          || table.layer().equalsIgnoreCase(core)
          || table.toString().equalsIgnoreCase(core)) {
        named.add(table);
      }
    }
    return named;
  }

  private List<String> known() {
    List<String> known = new ArrayList<>(graph.tables().stream().map(TableName::toString).toList());
    known.addAll(List.of(Layer.BRONZE, Layer.SILVER, Layer.GOLD));
    tags.values().stream().flatMap(List::stream).distinct().forEach(tag -> known.add("tag:" + tag));
    return known;
  }
}
