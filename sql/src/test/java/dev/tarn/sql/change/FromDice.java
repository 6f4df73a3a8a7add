package dev.tarn.sql.change;

import dev.tarn.sql.change.Reach.Col;
import dev.tarn.sql.change.Reach.Name;
import dev.tarn.sql.change.Reach.Source;
import dev.tarn.vocabulary.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Throws what stands in FROM.
final class FromDice {
  private final Dice dice;
  private final QueryDice queries;
  private final Set<String> shapes;
  private int aliases;

  FromDice(Dice dice, QueryDice queries, Set<String> shapes) {
    this.dice = dice;
    this.queries = queries;
    this.shapes = shapes;
  }

  /// FROM, and what it puts in reach.
  record From(String sql, Reach reach) {
    private Set<String> named() {
      return reach.sources().stream()
          .map(source -> source.alias().toLowerCase(java.util.Locale.ROOT))
          .collect(Collectors.toSet());
    }
  }

  String alias() {
    return "q" + ++aliases;
  }

  From from(int depth, Reach outer) {
    From from = single(depth, Set.of(), outer);
    int joins = dice.of(0, 0, 0, 1, 1, 1, 2, 3);
    for (int i = 0; i < joins && queries.mayRead(); i++) {
      from = joined(from, depth, outer);
    }
    return from;
  }

  From single(int depth, Set<String> taken, Reach outer) {
    if (depth > 0 && dice.once(4) && queries.mayRead()) {
      shapes.add("subquery in FROM");
      return aliased(queries.query(depth - 1), outer);
    }
    if (dice.once(40)) {
      String alias = alias();
      return of(
          "(VALUES (1, 'a'), (2, NULL)) AS " + alias + "(k, name)",
          alias,
          List.of(new Col("k", Kind.INT), new Col("name", Kind.TEXT)),
          outer);
    }
    QueryDice.Base base = queries.base();
    return dice.once(14)
        ? unpivoted(base, outer).orElseGet(() -> read(base, taken, outer))
        : read(base, taken, outer);
  }

  private From aliased(QueryDice.Made made, Reach outer) {
    String alias = alias();
    return of("(" + made.sql() + ") AS " + alias, alias, made.columns(), outer);
  }

  private static From of(String sql, String alias, List<Col> columns, Reach outer) {
    return new From(
        sql, new Reach(List.of(new Source(alias, columns)), List.of(), Optional.of(outer)));
  }

  private From read(QueryDice.Base base, Set<String> taken, Reach outer) {
    if (!taken.contains(base.name()) && dice.once(3) && queries.alone(base)) {
      Source source = new Source(base.name(), base.columns(), base.layer());
      return new From(base.sql(), new Reach(List.of(source), List.of(), Optional.of(outer)));
    }
    String alias = alias();
    if (dice.once(12)) {
      List<Col> columns = new ArrayList<>(base.columns());
      columns.set(0, new Col("first", columns.getFirst().kind()));
      return of(base.sql() + " AS " + alias + "(first)", alias, columns, outer);
    }
    return of(base.sql() + " AS " + alias, alias, base.columns(), outer);
  }

  private Optional<From> unpivoted(QueryDice.Base base, Reach outer) {
    for (Kind kind : List.of(Kind.INT, Kind.TEXT)) {
      List<Col> same = base.columns().stream().filter(column -> column.kind() == kind).toList();
      if (same.size() > 1) {
        shapes.add("UNPIVOT");
        List<Col> columns = new ArrayList<>(base.columns());
        columns.removeAll(same);
        columns.add(new Col("label", Kind.TEXT));
        columns.add(new Col("held", kind));
        String names =
            same.stream()
                .map(column -> Identifiers.quote(column.name()))
                .collect(Collectors.joining(", "));
        String alias = alias();
        String sql =
            dice.once(2)
                ? "(UNPIVOT "
                    + base.sql()
                    + " ON "
                    + names
                    + " INTO NAME label VALUE held) AS "
                    + alias
                : base.sql() + " UNPIVOT (held FOR label IN (" + names + ")) AS " + alias;
        return Optional.of(of(sql, alias, columns, outer));
      }
    }
    return Optional.empty();
  }

  private From joined(From left, int depth, Reach outer) {
    if (dice.once(8)) {
      return unnested(left).orElse(left);
    }
    if (dice.once(10)) {
      return lateral(left, depth);
    }
    From right =
        dice.once(6) && queries.mayRead()
            ? nested(depth, left.named(), outer)
            : single(depth, left.named(), outer);
    return switch (dice.below(10)) {
      case 0, 1 -> using(left, right).orElseGet(() -> on(left, right));
      case 2 -> natural(left, right).orElseGet(() -> on(left, right));
      case 3 -> asof(left).orElseGet(() -> on(left, right));
      case 4 -> cross(left, right);
      default -> on(left, right);
    };
  }

  private From nested(int depth, Set<String> taken, Reach outer) {
    shapes.add("join in parentheses");
    From a = single(depth, taken, outer);
    java.util.HashSet<String> both = new java.util.HashSet<>(taken);
    both.addAll(a.named());
    From b = single(depth, both, outer);
    From joined = dice.once(3) ? using(a, b).orElseGet(() -> on(a, b)) : on(a, b);
    return new From("(" + joined.sql() + ")", joined.reach());
  }

  private From cross(From left, From right) {
    shapes.add("CROSS JOIN");
    return new From(left.sql() + dice.of(" CROSS JOIN ", ", ") + right.sql(), both(left, right));
  }

  private static Reach both(From left, From right) {
    List<Source> sources = new ArrayList<>(left.reach().sources());
    sources.addAll(right.reach().sources());
    List<Col> merged = new ArrayList<>(left.reach().merged());
    merged.addAll(right.reach().merged());
    return new Reach(sources, merged, left.reach().outer());
  }

  private From on(From left, From right) {
    Optional<String> meets = queries.values().between(left.reach(), right.reach());
    if (meets.isEmpty()) {
      return cross(left, right);
    }
    String kind =
        dice.of(
            "JOIN", "LEFT JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "SEMI JOIN", "ANTI JOIN");
    if (kind.equals("FULL JOIN") && meets.get().contains("<=")) {
      kind = "LEFT JOIN";
    }
    shapes.add(kind + " ON");
    Reach both = both(left, right);
    String condition = meets.get();
    if (dice.once(4)) {
      condition += " AND " + queries.values().between(left.reach(), right.reach()).orElse("true");
    }
    if (dice.once(4)) {
      condition += " AND " + queries.values().condition(both, 0);
    }
    return new From(
        left.sql() + " " + kind + " " + right.sql() + " ON " + condition,
        kind.startsWith("SEMI") || kind.startsWith("ANTI") ? left.reach() : both);
  }

  private static boolean findable(Reach reach, Col column) {
    boolean merged = reach.merged().stream().anyMatch(one -> one.isNamed(column.name()));
    return merged || reach.count(column.name()) == 1;
  }

  /// The columns that both sides have, with the left type.
  private static List<Col> common(From left, From right) {
    return left.reach().sources().stream()
        .flatMap(source -> source.columns().stream())
        .filter(column ->
            right.reach().sources().stream()
                .flatMap(source -> source.columns().stream())
                .anyMatch(other -> other.isNamed(column.name())))
        .distinct()
        .toList();
  }

  private static boolean joins(From left, From right, Col column) {
    boolean same =
        right.reach().sources().stream()
            .flatMap(source -> source.columns().stream())
            .filter(other -> other.isNamed(column.name()))
            .allMatch(other ->
                other.kind() == column.kind() || other.kind().number() && column.kind().number());
    return same && findable(left.reach(), column) && findable(right.reach(), column);
  }

  private Optional<From> using(From left, From right) {
    List<Col> common =
        common(left, right).stream().filter(column -> joins(left, right, column)).toList();
    if (common.isEmpty()) {
      return Optional.empty();
    }
    List<Col> chosen = dice.some(common, 1, 2);
    String kind = dice.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "SEMI JOIN", "ANTI JOIN");
    shapes.add(kind + " USING");
    String names =
        chosen.stream()
            .map(column -> Reach.written(column.name(), dice))
            .collect(Collectors.joining(", "));
    return Optional.of(
        merged(
            left, right, chosen, kind, " " + kind + " " + right.sql() + " USING (" + names + ")"));
  }

  private Optional<From> natural(From left, From right) {
    List<Col> common = common(left, right);
    if (common.isEmpty() || !common.stream().allMatch(column -> joins(left, right, column))) {
      return Optional.empty();
    }
    String kind = dice.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN");
    shapes.add("NATURAL " + kind);
    return Optional.of(merged(left, right, common, kind, " NATURAL " + kind + " " + right.sql()));
  }

  private From merged(From left, From right, List<Col> columns, String kind, String sql) {
    if (kind.startsWith("SEMI") || kind.startsWith("ANTI")) {
      return new From(left.sql() + sql, left.reach());
    }
    Reach both = both(left, right);
    List<Col> merged = new ArrayList<>();
    both.merged().stream()
        .filter(one -> columns.stream().noneMatch(column -> column.isNamed(one.name())))
        .forEach(merged::add);
    merged.addAll(columns);
    return new From(left.sql() + sql, new Reach(both.sources(), merged, both.outer()));
  }

  /// Only the columns that the join compares can be seen of the right side, so that it does not
  /// matter which of several equal rows it takes.
  private Optional<From> asof(From left) {
    QueryDice.Base base = queries.base();
    Optional<Col> time =
        base.columns().stream().filter(column -> column.kind() == Kind.TIME).findFirst();
    List<Name> times = asofNames(left, base, Kind.TIME);
    if (time.isEmpty() || times.isEmpty()) {
      return Optional.empty();
    }
    Col key = dice.of(base.columns());
    List<Name> keys = asofNames(left, base, key.kind());
    if (keys.isEmpty() || key.kind() == Kind.TIME) {
      return Optional.empty();
    }
    shapes.add("ASOF JOIN");
    String alias = alias();
    String by = "ASOF " + dice.of("", "LEFT ") + "JOIN " + base.sql() + " AS " + alias;
    List<Col> seen = List.of(key, time.get());
    Source source = new Source(alias, seen);
    From right = new From("", new Reach(List.of(source), List.of(), left.reach().outer()));
    if (seen.stream().allMatch(column -> column.isNamed(column.name()) && sharedOnce(left, column))
        && dice.once(2)) {
      String names =
          seen.stream()
              .map(column -> Identifiers.quote(column.name()))
              .collect(Collectors.joining(", "));
      return Optional.of(merged(left, right, seen, "JOIN", " " + by + " USING (" + names + ")"));
    }
    String on =
        dice.of(keys).sql()
            + " = "
            + alias
            + "."
            + Identifiers.quote(key.name())
            + " AND "
            + dice.of(times).sql()
            + dice.of(" >= ", " > ")
            + alias
            + "."
            + Identifiers.quote(time.get().name());
    return Optional.of(new From(left.sql() + " " + by + " ON " + on, both(left, right)));
  }

  private List<Name> asofNames(From left, QueryDice.Base base, Kind kind) {
    Reach right = new Reach(List.of(new Source("", base.columns())), List.of(), Optional.empty());
    return left.reach().names(dice, right).stream().filter(name -> name.kind() == kind).toList();
  }

  private static boolean sharedOnce(From left, Col column) {
    return left.reach().sources().stream()
            .flatMap(source -> source.columns().stream())
            .anyMatch(other -> other.isNamed(column.name()) && other.kind() == column.kind())
        && findable(left.reach(), column);
  }

  private Optional<From> unnested(From left) {
    Kind kind = dice.of(Kind.INTS, Kind.TEXTS, Kind.RECORDS);
    return queries
        .values()
        .column(kind, left.reach())
        .map(column -> {
          shapes.add("unnest in FROM");
          String alias = alias();
          Kind element =
              kind == Kind.INTS ? Kind.INT : kind == Kind.TEXTS ? Kind.TEXT : Kind.RECORD;
          From right =
              of(
                  "unnest(" + column + ") AS " + alias + "(item)",
                  alias,
                  List.of(new Col("item", element)),
                  left.reach().outer().orElse(Reach.NOTHING));
          return new From(left.sql() + ", " + right.sql(), both(left, right));
        });
  }

  private From lateral(From left, int depth) {
    shapes.add("LATERAL");
    String alias = alias();
    QueryDice.Made made = queries.correlated(left.reach(), depth);
    String kind = dice.of(", LATERAL (", " CROSS JOIN LATERAL (", " LEFT JOIN LATERAL (");
    String sql = left.sql() + kind + made.sql() + ") AS " + alias;
    Source source = new Source(alias, made.columns());
    From right = new From("", new Reach(List.of(source), List.of(), left.reach().outer()));
    return new From(kind.contains("LEFT") ? sql + " ON true" : sql, both(left, right));
  }
}
