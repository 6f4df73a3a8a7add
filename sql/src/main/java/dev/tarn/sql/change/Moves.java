package dev.tarn.sql.change;

import dev.tarn.vocabulary.Identifiers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// By how much the totals of some groups move.
///
/// @param rows the groups over the rows that go, after a first column that is -1, and over those
///   that come, after 1
/// @param keyAt which columns of the result are the key
record Moves(Totals totals, Kept rows, List<Integer> keyAt) {

  /// Empty when the key is not found among the columns.
  static Optional<Moves> of(Totals totals, Kept rows, List<String> key) {
    List<String> columns = rows.columns().stream().skip(1).map(Moves::lower).toList();
    List<Integer> at = key.stream().map(name -> columns.indexOf(lower(name))).toList();
    return at.contains(-1) ? Optional.empty() : Optional.of(new Moves(totals, rows, at));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /// The keys of the groups, as k0, k1 …
  Kept keys(Workbench bench) {
    String keys =
        each(i ->
            Identifiers.quote(rows.columns().get(keyAt.get(i) + 1)) + " AS " + Snippets.key(i));
    return bench.keep("SELECT DISTINCT " + keys + " FROM " + rows.sql());
  }

  private String each(IntFunction<String> part) {
    return IntStream.range(0, keyAt.size()).mapToObj(part).collect(Collectors.joining(", "));
  }

  /// A query of the groups as they are now; empty where none of them can be told.
  ///
  /// @param old the groups as they were, as far as there are any
  /// @param types the types of the columns
  /// @param whole a query of the groups of some keys, computed from all their rows
  Optional<String> now(
      Workbench bench, Kept old, List<String> types, Function<Kept, String> whole) {
    if (!totals.fit(types) || repeated(bench, old)) {
      return Optional.empty();
    }
    Kept now = bench.keep(totals.now(rows, old, keyAt, types));
    String columns =
        IntStream.range(0, types.size()).mapToObj(i -> "n" + i).collect(Collectors.joining(", "));
    String certain = "SELECT " + columns + " FROM " + now.sql() + " WHERE certain AND present";
    Kept open =
        bench.keep("SELECT " + each(Snippets::key) + " FROM " + now.sql() + " WHERE NOT certain");
    return Optional.of(
        open.isEmpty() ? certain : certain + " UNION ALL (" + whole.apply(open) + ")");
  }

  /// Whether there are two groups of one key, which no query of this kind makes.
  private boolean repeated(Workbench bench, Kept old) {
    String keys = each(i -> Identifiers.quote(old.columns().get(keyAt.get(i))));
    return bench.any("SELECT 1 FROM " + old.sql() + " GROUP BY " + keys + " HAVING count(*) > 1");
  }
}
