package dev.tarn.sql.change;

import dev.tarn.sql.Query;
import dev.tarn.sql.tree.Expression;
import dev.tarn.sql.tree.Modifier;
import dev.tarn.sql.tree.QueryBody;
import dev.tarn.sql.tree.SqlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Groups whose totals can be moved by what goes and comes, without reading the rows that stay.
///
/// The rows of a group now are those of before, less those that go, and those that come; so its
/// number of rows, and a count or an exact sum over them, is that of before less that over the rows
/// that go and with that over those that come. Three things can't be seen from these, and such a
/// group is uncertain and to be computed from all its rows: whether any value is left under a sum
/// that comes to 0 after values went (it would be NULL); what the least or greatest value is when
/// one at least as extreme went; and, where the rows are not counted, whether a group is left of
/// which rows went. Sums of floating-point numbers depend on their order and are never moved.
///
/// @param kinds what each column of the result is
record Totals(List<Kind> kinds) {
  private static final Set<String> INEXACT = Set.of("DOUBLE", "FLOAT", "REAL");

  enum Kind {
    KEY,
    ROWS,
    COUNT,
    SUM,
    LEAST,
    GREATEST
  }

  Totals {
    kinds = List.copyOf(kinds);
  }

  /// Empty where a column of the result is none of these, or rows are filtered by totals.
  static Optional<Totals> of(QueryBody.Select select, WayReader.Keys key) {
    boolean more =
        select.having().isPresent()
            || select.qualify().isPresent()
            || select.sampled()
            || select.groupSets().size() > 1
            || !select.modifiers().stream().allMatch(Modifier.Order.class::isInstance);
    List<Kind> kinds = new ArrayList<>();
    Set<String> totals =
        select.items().stream()
            .filter(Query::aggregates)
            .map(item -> Names.lower(item.alias()))
            .collect(Collectors.toSet());
    select.items().forEach(item -> kind(item, totals).ifPresent(kinds::add));
    long groups =
        select.groupByAll()
            ? kinds.stream().filter(kind -> kind == Kind.KEY).count()
            : select.groups().size();
    return more || kinds.size() < select.items().size() || groups != key.parts().size()
        ? Optional.empty()
        : Optional.of(new Totals(kinds));
  }

  /// @param totals what SELECT calls its aggregates: another column may be made of them by name
  private static Optional<Kind> kind(Expression item, Set<String> totals) {
    if (item instanceof Expression.FunctionCall call && Query.aggregates(call)) {
      return total(call);
    }
    return Query.aggregates(item) || beyondTheKey(item, totals)
        ? Optional.empty()
        : Optional.of(Kind.KEY);
  }

  private static boolean beyondTheKey(SqlNode node, Set<String> totals) {
    return node instanceof Expression.ColumnRef column
            && totals.contains(Names.lower(column.path().getFirst()))
        || node instanceof Expression.Subquery
        || node instanceof Expression.Star
        || node instanceof Expression.Window
        || node instanceof Expression.FunctionCall call
            && UniqueRows.MULTIPLYING.contains(Names.lower(call.name()))
        || node.children().stream().anyMatch(child -> beyondTheKey(child, totals));
  }

  /// `sum(COLUMNS(*))` is more than one column.
  private static boolean starred(SqlNode node) {
    return node instanceof Expression.Star || node.children().stream().anyMatch(Totals::starred);
  }

  private static Optional<Kind> total(Expression.FunctionCall call) {
    boolean several = call.children().stream().anyMatch(Totals::starred);
    if (several || call.path().size() > 1 || call.distinct() || !call.orders().isEmpty()) {
      return Optional.empty();
    }
    int arguments = call.arguments().size();
    String name = call.name().toLowerCase(Locale.ROOT);
    if (arguments == 0 && (name.equals("count_star") || name.equals("count"))) {
      return Optional.of(call.filter().isEmpty() ? Kind.ROWS : Kind.COUNT);
    }
    return arguments != 1
        ? Optional.empty()
        : switch (name) {
          case "count" -> Optional.of(Kind.COUNT);
          case "sum" -> Optional.of(Kind.SUM);
          case "min" -> Optional.of(Kind.LEAST);
          case "max" -> Optional.of(Kind.GREATEST);
          default -> Optional.empty();
        };
  }

  /// Whether columns of these types can be moved.
  boolean fit(List<String> types) {
    return IntStream.range(0, kinds.size())
        .noneMatch(i -> kinds.get(i) == Kind.SUM && INEXACT.contains(types.get(i)));
  }

  /// The groups as they are now, as n0, n1 …, each with its key as k0, k1 …, `certain` and
  /// `present`.
  ///
  /// @param moves the groups over the rows that go, after a first column that is -1, and over those
  ///   that come, after 1
  /// @param old the groups as they were, as far as there are any
  /// @param keyAt which columns are the key
  /// @param types the columns' types
  String now(Kept moves, Kept old, List<Integer> keyAt, List<String> types) {
    String now =
        "SELECT "
            + each(this::now)
            + ", "
            + each(i -> "w" + i)
            + ", went FROM ("
            + moved(moves)
            + ") AS d LEFT JOIN "
            + old.sql()
            + " AS o("
            + each(i -> "o" + i)
            + ") ON "
            + keyAt.stream()
                .map(i -> "CAST(d%d AS %s) IS NOT DISTINCT FROM o%d".formatted(i, types.get(i), i))
                .collect(Collectors.joining(" AND "));
    return "SELECT "
        + IntStream.range(0, keyAt.size())
            .mapToObj(i -> "n" + keyAt.get(i) + " AS " + Snippets.key(i) + ", ")
            .collect(Collectors.joining())
        + each(i -> "CAST(n" + i + " AS " + types.get(i) + ") AS n" + i)
        + ", "
        + certain()
        + " AS certain, "
        + rows().map(i -> "n" + i + " > 0").orElse("true")
        + " AS present FROM ("
        + now
        + ") AS g";
  }

  private String each(IntFunction<String> column) {
    return IntStream.range(0, kinds.size()).mapToObj(column).collect(Collectors.joining(", "));
  }

  /// By how much each total moves, and what went of it.
  private String moved(Kept moves) {
    String keys =
        IntStream.range(0, kinds.size())
            .filter(i -> kinds.get(i) == Kind.KEY)
            .mapToObj(i -> "p" + i)
            .collect(Collectors.joining(", "));
    return "SELECT "
        + each(i -> move(i) + " AS d" + i + ", " + went(i) + " AS w" + i)
        + ", bool_or(sign < 0) AS went FROM "
        + moves.sql()
        + " AS p(sign, "
        + each(i -> "p" + i)
        + ") GROUP BY "
        + keys;
  }

  private String move(int i) {
    return switch (kinds.get(i)) {
      case KEY -> "p" + i;
      case ROWS, COUNT, SUM -> "sum(CASE WHEN sign < 0 THEN -p%d ELSE p%d END)".formatted(i, i);
      case LEAST -> "min(p" + i + ") FILTER (WHERE sign > 0)";
      case GREATEST -> "max(p" + i + ") FILTER (WHERE sign > 0)";
    };
  }

  private String went(int i) {
    return switch (kinds.get(i)) {
      case KEY, ROWS, COUNT -> "false";
      case SUM -> "count(p" + i + ") FILTER (WHERE sign < 0) > 0";
      case LEAST -> "min(p" + i + ") FILTER (WHERE sign < 0)";
      case GREATEST -> "max(p" + i + ") FILTER (WHERE sign < 0)";
    };
  }

  private String now(int i) {
    String value =
        switch (kinds.get(i)) {
          case KEY -> "d" + i;
          case ROWS, COUNT -> "coalesce(o%d, 0) + d%d".formatted(i, i);
          case SUM ->
              "CASE WHEN o%d IS NULL THEN d%d ELSE o%d + coalesce(d%d, 0) END"
                  .formatted(i, i, i, i);
          case LEAST -> "least(o%d, d%d)".formatted(i, i);
          case GREATEST -> "greatest(o%d, d%d)".formatted(i, i);
        };
    return value + " AS n" + i;
  }

  private Optional<Integer> rows() {
    return Optional.of(kinds.indexOf(Kind.ROWS)).filter(i -> i >= 0);
  }

  private String certain() {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      switch (kinds.get(i)) {
        case KEY, ROWS, COUNT -> {}
        case SUM -> parts.add("(NOT w%d OR coalesce(n%d <> 0, false))".formatted(i, i));
        case LEAST -> parts.add("(w%d IS NULL OR coalesce(w%d > n%d, false))".formatted(i, i, i));
        case GREATEST ->
            parts.add("(w%d IS NULL OR coalesce(w%d < n%d, false))".formatted(i, i, i));
      }
    }
    String values = parts.isEmpty() ? "true" : String.join(" AND ", parts);
    return rows()
        .map(i ->
            "CASE WHEN n%d = 0 THEN true WHEN n%d < 0 THEN false ELSE %s END"
                .formatted(i, i, values))
        .orElse("(NOT went OR " + left() + ") AND " + values);
  }

  /// Holds where totals that are certain tell that the group has rows.
  private String left() {
    List<String> parts = new ArrayList<>(List.of("false"));
    for (int i = 0; i < kinds.size(); i++) {
      switch (kinds.get(i)) {
        case KEY -> {}
        case ROWS, COUNT, SUM -> parts.add("coalesce(n" + i + " <> 0, false)");
        case LEAST, GREATEST -> parts.add("n" + i + " IS NOT NULL");
      }
    }
    return "(" + String.join(" OR ", parts) + ")";
  }
}
