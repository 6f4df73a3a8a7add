package dev.tarn.bench.tpch;

import dev.tarn.vocabulary.TableName;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// What each table took, refreshed by the change and computed whole: the middle one of several
/// rounds.
final class Figures {
  private final Map<TableName, List<Both>> tables = new TreeMap<>();

  private record Both(Refreshed change, Refreshed whole) {}

  void add(Map<TableName, Refreshed> change, Map<TableName, Refreshed> whole) {
    change.forEach((table, refreshed) -> {
      Refreshed reference = whole.getOrDefault(table, new Refreshed("", "", 0));
      tables.computeIfAbsent(table, _ -> new ArrayList<>()).add(new Both(refreshed, reference));
    });
  }

  void print(PrintStream out) {
    out.printf("%-22s %8s %12s %6s  %s%n", "table", "whole s", "by change s", "ratio", "how");
    for (String layer : List.of("silver", "gold")) {
      tables.entrySet().stream()
          .filter(entry -> entry.getKey().layer().equals(layer))
          .forEach(entry -> out.println(line(entry.getKey(), entry.getValue())));
    }
    out.println(total("gold"));
  }

  private static String line(TableName table, List<Both> rounds) {
    boolean due = rounds.stream().anyMatch(round -> round.change().due());
    if (!due) {
      return "%-22s %8s %12s %6s  %s"
          .formatted(table, "-", "-", "-", "not due: what it reads did not change");
    }
    return figures(table.toString(), middle(rounds, Both::whole), middle(rounds, Both::change))
        + "  "
        + how(rounds);
  }

  private static String figures(String what, double whole, double change) {
    return "%-22s %8.2f %12.2f %6.2f".formatted(what, whole, change, whole / change);
  }

  private static String how(List<Both> rounds) {
    Set<String> ways = new TreeSet<>();
    for (Both round : rounds) {
      Refreshed change = round.change();
      ways.add(change.how() + change.obstacle().map(": "::concat).orElse(""));
    }
    return String.join("; ", ways);
  }

  private String total(String layer) {
    List<List<Both>> due =
        tables.entrySet().stream()
            .filter(entry -> entry.getKey().layer().equals(layer))
            .map(Map.Entry::getValue)
            .toList();
    return figures(
        "all of " + layer,
        due.stream().mapToDouble(rounds -> middle(rounds, Both::whole)).sum(),
        due.stream().mapToDouble(rounds -> middle(rounds, Both::change)).sum());
  }

  private static double middle(List<Both> rounds, Function<Both, Refreshed> which) {
    return rounds.stream()
        .map(which)
        .map(Refreshed::seconds)
        .sorted()
        .toList()
        .get(rounds.size() / 2);
  }
}
