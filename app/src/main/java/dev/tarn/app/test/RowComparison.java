package dev.tarn.app.test;

import dev.tarn.vocabulary.Column;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Finds for every expected row the row of a table that it stands for: an equal one, else one with
/// the same key, else the one that is most like it.
final class RowComparison {
  private static final int NONE = -1;

  /// Beyond so many rows without a partner the likeness of each to each is not looked at.
  private static final int LIKENESS_LIMIT = 300;

  private final List<Column> columns;
  private final int[] key;
  private final Same same;
  private final List<List<@Nullable Object>> expected;
  private final List<List<@Nullable Object>> actual;
  private final int[] partner;
  private final boolean[] taken;
  private final boolean[] equal;

  /// @param keyColumns the key of the model; not used unless all of it is compared
  RowComparison(
      List<Column> columns,
      List<String> keyColumns,
      Same same,
      List<List<@Nullable Object>> expected,
      List<List<@Nullable Object>> actual) {
    this.columns = columns;
    this.same = same;
    this.expected = expected;
    this.actual = actual;
    this.key = places(columns, keyColumns);
    this.partner = new int[expected.size()];
    Arrays.fill(partner, NONE);
    this.taken = new boolean[actual.size()];
    this.equal = new boolean[expected.size()];
  }

  private static int[] places(List<Column> columns, List<String> names) {
    int[] places =
        names.stream()
            .mapToInt(name ->
                IntStream.range(0, columns.size())
                    .filter(i -> columns.get(i).name().equalsIgnoreCase(name))
                    .findFirst()
                    .orElse(NONE))
            .toArray();
    return Arrays.stream(places).anyMatch(place -> place == NONE) ? new int[0] : places;
  }

  /// @param ordered whether the order of the rows matters
  RowDifference compare(boolean ordered) {
    if (ordered) {
      inPlace();
    }
    equalRows();
    if (key.length > 0) {
      sameKey();
    }
    alike();
    List<RowDifference.Line> lines = lines();
    boolean order =
        ordered
            && lines.stream().allMatch(RowDifference.Line::same)
            && !IntStream.range(0, partner.length).allMatch(i -> partner[i] == i);
    return new RowDifference(columns, expected, actual, lines, same, order);
  }

  private void inPlace() {
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      if (same.rows(expected.get(i), actual.get(i))) {
        pair(i, i, true);
      }
    }
  }

  private void pair(int wanted, int found, boolean same) {
    partner[wanted] = found;
    taken[found] = true;
    equal[wanted] = same;
  }

  private void equalRows() {
    Map<List<Object>, Deque<Integer>> byExactPart = new HashMap<>();
    for (int i = 0; i < actual.size(); i++) {
      if (!taken[i]) {
        byExactPart.computeIfAbsent(Same.exactPart(actual.get(i)), _ -> new ArrayDeque<>()).add(i);
      }
    }
    for (int i = 0; i < expected.size(); i++) {
      Deque<Integer> candidates = byExactPart.get(Same.exactPart(expected.get(i)));
      if (partner[i] == NONE && candidates != null) {
        takeEqual(i, candidates);
      }
    }
  }

  private void takeEqual(int wanted, Deque<Integer> candidates) {
    for (Iterator<Integer> all = candidates.iterator(); all.hasNext(); ) {
      int candidate = all.next();
      if (same.rows(expected.get(wanted), actual.get(candidate))) {
        pair(wanted, candidate, true);
        all.remove();
        return;
      }
    }
  }

  private void sameKey() {
    Map<List<Object>, Integer> byKey = new HashMap<>();
    for (int i = 0; i < actual.size(); i++) {
      if (!taken[i]) {
        byKey.putIfAbsent(keyOf(actual.get(i)), i);
      }
    }
    for (int i = 0; i < expected.size(); i++) {
      Integer found = partner[i] == NONE ? byKey.remove(keyOf(expected.get(i))) : null;
      if (found != null) {
        pair(i, found, false);
      }
    }
  }

  private List<Object> keyOf(List<@Nullable Object> row) {
    List<@Nullable Object> values = new ArrayList<>();
    Arrays.stream(key).forEach(place -> values.add(row.get(place)));
    return Same.exactPart(values);
  }

  /// Rows that agree in at least half of their columns are taken for one another, those that agree
  /// in most first. Of one column nothing tells which stands for which, unless there is one of
  /// each.
  private void alike() {
    List<Integer> wanted =
        IntStream.range(0, partner.length).filter(i -> partner[i] == NONE).boxed().toList();
    List<Integer> found = IntStream.range(0, taken.length).filter(i -> !taken[i]).boxed().toList();
    if (columns.size() == 1 && wanted.size() == 1 && found.size() == 1) {
      pair(wanted.getFirst(), found.getFirst(), false);
    }
    if (Math.max(wanted.size(), found.size()) > LIKENESS_LIMIT) {
      return;
    }
    for (int likeness = columns.size() - 1;
        2 * likeness >= Math.max(2, columns.size());
        likeness--) {
      for (int one : wanted) {
        for (int other : found) {
          if (partner[one] == NONE && !taken[other] && likeness(one, other) == likeness) {
            pair(one, other, false);
          }
        }
      }
    }
  }

  private int likeness(int wanted, int found) {
    return (int)
        IntStream.range(0, columns.size())
            .filter(i -> same.values(expected.get(wanted).get(i), actual.get(found).get(i)))
            .count();
  }

  private List<RowDifference.Line> lines() {
    List<RowDifference.Line> lines = new ArrayList<>();
    for (int i = 0; i < partner.length; i++) {
      OptionalInt found = partner[i] == NONE ? OptionalInt.empty() : OptionalInt.of(partner[i]);
      lines.add(new RowDifference.Line(OptionalInt.of(i), found, equal[i]));
    }
    for (int i = 0; i < taken.length; i++) {
      if (!taken[i]) {
        lines.add(new RowDifference.Line(OptionalInt.empty(), OptionalInt.of(i), false));
      }
    }
    return lines;
  }
}
