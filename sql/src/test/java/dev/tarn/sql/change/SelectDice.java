package dev.tarn.sql.change;

import dev.tarn.sql.change.FromDice.From;
import dev.tarn.sql.change.Reach.Col;
import dev.tarn.sql.change.Reach.Name;
import dev.tarn.vocabulary.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Throws SELECTs.
final class SelectDice {
  private final Dice dice;
  private final QueryDice queries;
  private final Set<String> shapes;
  private final MeasureDice measures;

  SelectDice(Dice dice, QueryDice queries, Set<String> shapes) {
    measures = new MeasureDice(dice, queries, shapes);
    this.dice = dice;
    this.queries = queries;
    this.shapes = shapes;
  }

  /// The items of one SELECT; no name is there twice.
  private final class Items {
    private final List<String> sql = new ArrayList<>();
    private final List<Col> columns = new ArrayList<>();

    String add(String value, Kind kind) {
      String name = name(value);
      sql.add(value + " AS " + Reach.written(name, dice));
      columns.add(new Col(name, kind));
      return name;
    }

    /// Now and then a name that FROM may have too.
    private String name(String value) {
      String last = value.substring(value.lastIndexOf('.') + 1).replace("\"", "");
      List<String> wanted =
          new ArrayList<>(List.of(dice.once(3) ? last : "v" + (columns.size() + 1)));
      if (dice.once(6)) {
        wanted.addFirst(dice.of("k", "n", "name", "Mixed Case"));
      }
      return Stream.concat(wanted.stream(), Stream.iterate(1, i -> i + 1).map(i -> "w" + i))
          .filter(name -> name.matches("[A-Za-z_][A-Za-z0-9_ ]*"))
          .filter(name -> columns.stream().noneMatch(column -> column.isNamed(name)))
          .findFirst()
          .orElseThrow();
    }

    String list() {
      return String.join(", ", sql);
    }
  }

  QueryDice.Made any(int depth) {
    From from = queries.froms().from(depth, Reach.NOTHING);
    return switch (dice.below(12)) {
      case 0, 1, 2, 3 -> grouped(from);
      case 4, 5 -> windowed(from);
      case 6 -> distinct(from);
      case 7 -> distinctOn(from);
      default -> plain(from);
    };
  }

  /// A SELECT with columns of these types, and names if there are some.
  QueryDice.Made of(List<Kind> kinds, List<Col> names) {
    From from = queries.froms().from(0, Reach.NOTHING);
    List<String> items = new ArrayList<>();
    List<Col> columns = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      String name = names.isEmpty() ? "c" + i : names.get(i).name();
      items.add(
          queries.values().value(kinds.get(i), from.reach(), 1) + " AS " + Identifiers.quote(name));
      columns.add(new Col(name, kinds.get(i)));
    }
    List<String> order = names.isEmpty() ? items : dice.shuffled(items);
    String distinct = dice.once(5) ? "DISTINCT " : "";
    return new QueryDice.Made(
        "SELECT " + distinct + String.join(", ", order) + " FROM " + from.sql() + where(from),
        columns);
  }

  private String where(From from) {
    return dice.percent(55) ? " WHERE " + queries.values().condition(from.reach(), 1) : "";
  }

  private Items some(From from, int least, int most) {
    Items items = new Items();
    for (Name name : dice.some(from.reach().names(dice), least, most)) {
      boolean plain = dice.percent(70);
      items.add(
          plain ? name.sql() : queries.values().value(name.kind(), from.reach(), 1), name.kind());
    }
    return items;
  }

  private QueryDice.Made plain(From from) {
    shapes.add("projection");
    if (from.reach().starred() && dice.once(3)) {
      return starred(from);
    }
    Items items = some(from, 1, 4);
    if (dice.once(8)) {
      queries.scalar(from.reach()).ifPresent(sql -> items.add("(" + sql + ")::VARCHAR", Kind.TEXT));
    }
    if (dice.once(8)) {
      items.add("(" + queries.values().condition(from.reach(), 1) + ")", Kind.FLAG);
    }
    if (dice.once(12)) {
      queries
          .values()
          .column(Kind.INTS, from.reach())
          .ifPresent(list -> {
            shapes.add("unnest in SELECT");
            items.add("unnest(" + list + ")", Kind.INT);
          });
    }
    if (dice.once(8)) {
      items.columns.stream()
          .filter(column -> column.kind() == Kind.INT && from.reach().count(column.name()) == 0)
          .findFirst()
          .ifPresent(column -> {
            shapes.add("alias in SELECT");
            items.add(Identifiers.quote(column.name()) + " + 1", Kind.INT);
          });
    }
    String where = where(from);
    if (where.isEmpty()
        && dice.once(5)
        && from.reach().count(items.columns.getFirst().name()) == 0) {
      shapes.add("alias in WHERE");
      where = " WHERE " + Identifiers.quote(items.columns.getFirst().name()) + " IS NOT NULL";
    }
    return new QueryDice.Made(
        "SELECT " + items.list() + " FROM " + from.sql() + where, items.columns);
  }

  private QueryDice.Made starred(From from) {
    shapes.add("*");
    List<Col> columns =
        new ArrayList<>(
            from.reach().sources().stream().flatMap(source -> source.columns().stream()).toList());
    String star = "*";
    if (dice.once(3) && columns.size() > 1) {
      Col gone = columns.remove(dice.below(columns.size()));
      star = "* EXCLUDE (" + Identifiers.quote(gone.name()) + ")";
    } else if (dice.once(3)) {
      Col one = dice.of(columns);
      star =
          "* REPLACE (coalesce("
              + Identifiers.quote(one.name())
              + ", "
              + one.kind().literal(dice)
              + ") AS "
              + Identifiers.quote(one.name())
              + ")";
    } else if (dice.once(3)) {
      Reach.Source source = dice.of(from.reach().sources());
      star = Identifiers.quote(source.alias()) + ".*";
      columns = new ArrayList<>(source.columns());
    }
    return new QueryDice.Made("SELECT " + star + " FROM " + from.sql() + where(from), columns);
  }

  private QueryDice.Made grouped(From from) {
    shapes.add("GROUP BY");
    List<Name> keys = keys(from);
    Items items = new Items();
    List<String> by = new ArrayList<>();
    boolean all = dice.once(5);
    boolean totals = dice.once(3);
    for (Name key : keys) {
      if (!all && !totals && dice.once(8)) {
        by.add(key.sql());
        continue;
      }
      String name = items.add(key.sql(), key.kind());
      by.add(
          switch (dice.below(4)) {
            case 0 -> String.valueOf(items.columns.size());
            case 1 -> from.reach().count(name) == 0 ? Identifiers.quote(name) : key.sql();
            default -> key.sql();
          });
    }
    measured(from, items, totals);
    String group = all ? "ALL" : sets(by);
    if (dice.once(12) && !totals && !group.contains("(")) {
      shapes.add("window over groups");
      items.add(
          "rank() OVER (PARTITION BY " + keys.getFirst().sql() + " ORDER BY count(*))", Kind.BIG);
    }
    String having =
        dice.once(4) && !totals
            ? " HAVING "
                + measures.measure(from).sql()
                + " IS NOT NULL AND count(*) "
                + dice.of("> 1", "< 3")
            : "";
    return new QueryDice.Made(
        "SELECT "
            + items.list()
            + " FROM "
            + from.sql()
            + where(from)
            + " GROUP BY "
            + group
            + having,
        items.columns);
  }

  private void measured(From from, Items items, boolean totals) {
    int count = dice.between(items.columns.isEmpty() ? 1 : 0, 2);
    for (int i = 0; i < count; i++) {
      Name measure = totals ? measures.movable(from) : measures.measure(from);
      String name = items.add(measure.sql(), measure.kind());
      if (totals && dice.once(5) && from.reach().count(name) == 0) {
        shapes.add("alias of a total");
        items.add(Identifiers.quote(name) + " || '!'", Kind.TEXT);
      }
    }
    if (totals && dice.once(2)) {
      items.add("count(*)", Kind.BIG);
    }
  }

  private List<Name> keys(From from) {
    return dice.some(from.reach().names(dice), 1, 2).stream()
        .map(name ->
            dice.once(name.kind() == Kind.TIME || name.kind() == Kind.DAY ? 2 : 4)
                ? new Name(queries.values().value(name.kind(), from.reach(), 1), name.kind())
                : name)
        .filter(name -> !name.sql().matches("[0-9].*|'.*|NULL"))
        .collect(
            Collectors.collectingAndThen(
                Collectors.toList(),
                found -> found.isEmpty() ? List.of(from.reach().names(dice).getFirst()) : found));
  }

  private String sets(List<String> by) {
    String list = String.join(", ", by);
    if (by.size() < 2 || !dice.once(6)) {
      return list;
    }
    shapes.add("GROUPING SETS");
    return dice.once(6)
        ? "ROLLUP (" + list + ")"
        : "GROUPING SETS ((" + by.get(0) + ", " + by.get(1) + "), (" + by.get(0) + "))";
  }

  private QueryDice.Made windowed(From from) {
    shapes.add("window");
    List<Name> keys = dice.some(keys(from), 1, 2);
    String partition = keys.stream().map(Name::sql).collect(Collectors.joining(", "));
    if (dice.once(25)) {
      partition = "";
    }
    Items items = some(from, 0, 3);
    keys.stream()
        .limit(1)
        .filter(_ -> dice.percent(70))
        .forEach(key -> items.add(key.sql(), key.kind()));
    Name window = measures.window(from, partition);
    String name = items.add(window.sql(), window.kind());
    String qualify = "";
    if (dice.percent(40)) {
      shapes.add("QUALIFY");
      qualify =
          " QUALIFY "
              + (dice.once(3) && from.reach().count(name) == 0
                  ? Identifiers.quote(name) + " IS NOT NULL"
                  : "row_number() OVER ("
                      + MeasureDice.over(partition, measures.total(from))
                      + ") = 1");
    }
    return new QueryDice.Made(
        "SELECT "
            + (dice.once(12) ? "DISTINCT " : "")
            + items.list()
            + " FROM "
            + from.sql()
            + where(from)
            + qualify,
        items.columns);
  }

  private QueryDice.Made distinct(From from) {
    shapes.add("DISTINCT");
    Items items = some(from, 1, 3);
    return new QueryDice.Made(
        "SELECT DISTINCT " + items.list() + " FROM " + from.sql() + where(from), items.columns);
  }

  private QueryDice.Made distinctOn(From from) {
    shapes.add("DISTINCT ON");
    List<Name> keys = keys(from);
    Items items = some(from, 1, 3);
    String on = keys.stream().map(Name::sql).collect(Collectors.joining(", "));
    return new QueryDice.Made(
        "SELECT DISTINCT ON ("
            + on
            + ") "
            + items.list()
            + " FROM "
            + from.sql()
            + where(from)
            + " ORDER BY "
            + on
            + ", "
            + measures.total(from),
        items.columns);
  }
}
