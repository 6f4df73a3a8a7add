package dev.tarn.bench.faults;

import dev.tarn.vocabulary.Layer;
import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What may be seen of a lake, and what must be there at the end.
///
/// @param versions of silver and gold before the deed
/// @param before what was in all tables then
/// @param midway what may be seen while the deed is under way
/// @param after what an undisturbed deed makes of it
/// @param expected what must be there once all faults are over
public record States(
    Map<TableName, String> versions,
    Content before,
    List<Content> midway,
    Content after,
    Content expected) {

  public States {
    midway = List.copyOf(midway);
  }

  /// The same without what sources have taken, which no query reads together with the rows.
  States rows() {
    return new States(
        versions,
        before.rows(),
        midway.stream().map(Content::rows).toList(),
        after.rows(),
        expected.rows());
  }

  /// The tables that show neither what was there before, nor what comes midway or after, where
  /// those that are published together must agree.
  ///
  /// @param whole whether all tables are published together
  Set<String> halves(Content found, boolean whole) {
    Map<String, Set<String>> together = new TreeMap<>();
    for (Content one : List.of(before, after, found)) {
      one.tables()
          .keySet()
          .forEach(name ->
              together.computeIfAbsent(whole ? "" : group(name), _ -> new TreeSet<>()).add(name));
    }
    return together.values().stream()
        .filter(names -> right().noneMatch(one -> found.agrees(one, names)))
        .flatMap(Set::stream)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Stream<Content> right() {
    return Stream.concat(Stream.of(before, after, expected), midway.stream());
  }

  /// All that is made by models is published by run; each source's tables by themselves.
  private static String group(String name) {
    if (!name.startsWith(Layer.BRONZE + ".")) {
      return "";
    }
    int aside = name.indexOf("__rejected");
    return aside < 0 ? name.replace(Content.TAKEN, "") : name.substring(0, aside);
  }
}
