package dev.tarn.sql.change;

import dev.tarn.sql.change.FromDice.From;
import dev.tarn.sql.change.Reach.Col;
import dev.tarn.sql.change.Reach.Name;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Throws queries over given tables.
final class QueryDice {
  private static final int MOST_READS = 4;

  private final Dice dice;
  private final Set<String> shapes = new TreeSet<>();
  private final List<Base> bases = new ArrayList<>();
  private final ValueDice values;
  private final FromDice froms;
  private final SelectDice selects;
  private int reads;

  QueryDice(Dice dice, List<ProofCase.StoredTable> tables) {
    this.dice = dice;
    values = new ValueDice(dice, this);
    froms = new FromDice(dice, this, shapes);
    selects = new SelectDice(dice, this, shapes);
    for (ProofCase.StoredTable table : tables) {
      List<Col> columns =
          table.fields().stream()
              .filter(field -> field.since() == 0)
              .map(field -> new Col(field.name(), TableDice.kind(field)))
              .toList();
      boolean unique =
          tables.stream().filter(other -> other.name().name().equals(table.name().name())).count()
              == 1;
      bases.add(
          new Base(
              dice.once(5)
                  ? table.name().sql().toUpperCase(java.util.Locale.ROOT)
                  : table.name().sql(),
              table.name().name(),
              columns,
              unique,
              table.name().layer()));
    }
  }

  /// Something that FROM can read.
  ///
  /// @param layer the layer of a stored table; empty for others
  record Base(String sql, String name, List<Col> columns, boolean unique, String layer) {}

  /// A query and its columns.
  record Made(String sql, List<Col> columns) {}

  /// A whole query, with views.
  record Whole(Map<TableName, String> views, String sql, Set<String> shapes) {}

  Whole whole() {
    Map<TableName, String> views = new LinkedHashMap<>();
    if (dice.once(8)) {
      Made made = query(1);
      views.put(new TableName("silver", "seen"), made.sql());
      bases.add(new Base("silver.seen", "seen", made.columns(), true, "silver"));
      shapes.add("view");
      reads = Math.min(reads, 2);
    }
    String with = "";
    if (dice.once(5)) {
      List<String> tables = new ArrayList<>();
      int count = dice.between(1, 2);
      for (int i = 0; i < count; i++) {
        Made made = query(1);
        String name = dice.of("chain", "t1") + i;
        tables.add(name + " AS (" + made.sql() + ")");
        bases.add(new Base(name, name, made.columns(), true, ""));
        bases.add(new Base(name, name, made.columns(), true, ""));
        reads = Math.min(reads, 2);
      }
      shapes.add("WITH");
      with = "WITH " + String.join(", ", tables) + " ";
    }
    Made made = query(2);
    String order = dice.once(8) && !made.columns().isEmpty() ? " ORDER BY 1" : "";
    return new Whole(views, with + made.sql() + order, shapes);
  }

  boolean mayRead() {
    return reads < MOST_READS;
  }

  Base base() {
    reads++;
    return dice.of(bases);
  }

  /// Whether its own name can stand for it.
  boolean alone(Base base) {
    return base.unique();
  }

  ValueDice values() {
    return values;
  }

  FromDice froms() {
    return froms;
  }

  Made query(int depth) {
    return dice.once(6) && mayRead() ? operation(depth) : selects.any(depth);
  }

  private Made operation(int depth) {
    Made left = selects.any(Math.max(0, depth - 1));
    boolean byName = dice.once(5);
    String kind =
        byName
            ? "UNION ALL BY NAME"
            : dice.of(
                "UNION ALL",
                "UNION ALL",
                "UNION",
                "EXCEPT",
                "EXCEPT ALL",
                "INTERSECT",
                "INTERSECT ALL");
    shapes.add(kind);
    List<Kind> kinds = left.columns().stream().map(column -> other(column.kind())).toList();
    Made right = selects.of(kinds, byName ? left.columns() : List.of());
    List<Col> columns =
        IntStream.range(0, kinds.size())
            .mapToObj(i ->
                new Col(
                    left.columns().get(i).name(),
                    common(left.columns().get(i).kind(), kinds.get(i))))
            .toList();
    String sql = "(" + left.sql() + ") " + kind + " (" + right.sql() + ")";
    if (dice.once(5) && mayRead() && !byName) {
      sql +=
          " "
              + dice.of("UNION ALL", "EXCEPT", "INTERSECT ALL")
              + " ("
              + selects.of(kinds, List.of()).sql()
              + ")";
    }
    return new Made(sql, columns);
  }

  private Kind other(Kind kind) {
    if (!kind.number() || !dice.once(6)) {
      return kind == Kind.INT && dice.once(30) ? Kind.TEXT : kind;
    }
    return dice.of(Kind.INT, Kind.BIG, Kind.DEC, Kind.REAL);
  }

  private static Kind common(Kind left, Kind right) {
    if (left == Kind.TEXT || right == Kind.TEXT) {
      return Kind.TEXT;
    }
    return left.compareTo(right) >= 0 ? left : right;
  }

  /// A query that names columns of relations on its left.
  Made correlated(Reach left, int depth) {
    From from = froms.single(0, Set.of(), left);
    String where = values.meeting(from.reach(), left).map(meets -> " WHERE " + meets).orElse("");
    List<Name> names = from.reach().names(dice);
    Name one = dice.of(names);
    if (dice.once(3)) {
      return new Made(
          "SELECT count(*) AS total, max(" + one.sql() + ") AS top FROM " + from.sql() + where,
          List.of(new Col("total", Kind.BIG), new Col("top", one.kind())));
    }
    if (dice.once(4) && depth > 0) {
      return new Made(
          "SELECT DISTINCT " + one.sql() + " AS top FROM " + from.sql() + where,
          List.of(new Col("top", one.kind())));
    }
    return new Made(
        "SELECT " + one.sql() + " AS top FROM " + from.sql() + where,
        List.of(new Col("top", one.kind())));
  }

  /// A query that gives one value.
  Optional<String> scalar(Reach reach) {
    if (dice.once(20) && !reach.names(dice).isEmpty()) {
      return Optional.of("(SELECT max(" + dice.of(ordered(reach)).sql() + "))");
    }
    return mayRead() ? Optional.of(single(reach).sql()) : Optional.empty();
  }

  private Name single(Reach reach) {
    shapes.add("scalar subquery");
    From from = inner(reach);
    Name one = dice.of(ordered(from.reach()));
    if (dice.once(6)) {
      shapes.add("first of a correlated query");
      String order = " ORDER BY " + one.sql() + dice.of("", " DESC") + " LIMIT 1";
      return new Name(
          "(SELECT " + one.sql() + " FROM " + from.sql() + where(from, reach) + order + ")",
          one.kind());
    }
    String what = dice.once(3) ? "count(*)" : dice.of("max(", "min(") + one.sql() + ")";
    return new Name(
        "(SELECT " + what + " FROM " + from.sql() + where(from, reach) + ")",
        what.equals("count(*)") ? Kind.BIG : one.kind());
  }

  private List<Name> ordered(Reach reach) {
    List<Name> names =
        reach.names(dice).stream().filter(name -> name.kind() != Kind.MAPPED).toList();
    return names.isEmpty() ? List.of(new Name("1", Kind.INT)) : names;
  }

  private From inner(Reach reach) {
    return dice.once(5)
        ? froms.from(dice.once(3) ? 1 : 0, reach)
        : froms.single(0, Set.of(), reach);
  }

  private String where(From from, Reach reach) {
    List<String> parts = new ArrayList<>();
    if (dice.percent(75)) {
      values.meeting(from.reach(), reach).ifPresent(parts::add);
    }
    if (dice.once(3)) {
      parts.add(values.condition(from.reach(), dice.once(4) ? 1 : 0));
    }
    return parts.isEmpty() ? "" : " WHERE " + String.join(" AND ", parts);
  }

  /// A condition with a query in it.
  Optional<String> condition(Reach reach) {
    if (!mayRead() || reach.names(dice).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (dice.below(8)) {
          case 0, 1 -> exists(reach);
          case 2, 3 -> in(reach);
          case 4 -> any(reach);
          case 5 -> row(reach);
          case 6 -> {
            Name one = single(reach);
            yield values.value(one.kind(), reach, 0) + dice.of(" = ", " >= ", " < ") + one.sql();
          }
          default -> grouped(reach);
        });
  }

  private String exists(Reach reach) {
    shapes.add("EXISTS");
    From from = inner(reach);
    String rows = "FROM " + from.sql() + where(from, reach);
    String query =
        dice.once(8)
            ? "WITH own AS (SELECT 1 AS one " + rows + ") SELECT one FROM own"
            : "SELECT " + dice.of("1", "*") + " " + rows;
    return dice.of("EXISTS", "NOT EXISTS") + " (" + query + ")";
  }

  private String in(Reach reach) {
    shapes.add("IN");
    From from = inner(reach);
    Name one = dice.of(from.reach().names(dice));
    String more =
        dice.once(8)
            ? " UNION ALL SELECT "
                + values.value(one.kind(), reach, 0)
                + " FROM "
                + froms.single(0, Set.of(), reach).sql()
            : "";
    return values.value(one.kind(), reach, 1)
        + dice.of(" IN", " NOT IN")
        + " (SELECT "
        + dice.of("", "", "DISTINCT ")
        + one.sql()
        + " FROM "
        + from.sql()
        + where(from, reach)
        + more
        + ")";
  }

  private String any(Reach reach) {
    shapes.add("ANY");
    From from = inner(reach);
    Name one = dice.of(ordered(from.reach()));
    return values.value(one.kind(), reach, 0)
        + dice.of(" > ANY", " <= ALL", " = ANY", " <> ALL")
        + " (SELECT "
        + one.sql()
        + " FROM "
        + from.sql()
        + where(from, reach)
        + ")";
  }

  private String row(Reach reach) {
    shapes.add("IN");
    From from = inner(reach);
    List<Name> names = dice.some(from.reach().names(dice), 2, 2);
    String left =
        names.stream()
            .map(name -> values.value(name.kind(), reach, 0))
            .collect(Collectors.joining(", "));
    String right = names.stream().map(Name::sql).collect(Collectors.joining(", "));
    return "("
        + left
        + ") "
        + dice.of("IN", "NOT IN")
        + " (SELECT "
        + (names.size() == 1 ? right : "(" + right + ")")
        + " FROM "
        + from.sql()
        + where(from, reach)
        + ")";
  }

  private String grouped(Reach reach) {
    shapes.add("IN");
    From from = inner(reach);
    Name one = dice.of(from.reach().names(dice));
    return values.value(one.kind(), reach, 0)
        + dice.of(" IN", " NOT IN")
        + " (SELECT "
        + one.sql()
        + " FROM "
        + from.sql()
        + where(from, reach)
        + " GROUP BY "
        + one.sql()
        + " HAVING count(*) > 1)";
  }
}
