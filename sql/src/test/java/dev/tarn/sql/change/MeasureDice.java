package dev.tarn.sql.change;

import dev.tarn.sql.change.FromDice.From;
import dev.tarn.sql.change.Reach.Col;
import dev.tarn.sql.change.Reach.Name;
import dev.tarn.vocabulary.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Throws aggregates and windows.
final class MeasureDice {
  private final Dice dice;
  private final QueryDice queries;
  private final Set<String> shapes;

  MeasureDice(Dice dice, QueryDice queries, Set<String> shapes) {
    this.dice = dice;
    this.queries = queries;
    this.shapes = shapes;
  }

  /// An aggregate.
  Name measure(From from) {
    Name of = dice.of(from.reach().names(dice));
    String value = dice.once(4) ? queries.values().value(of.kind(), from.reach(), 1) : of.sql();
    Name measure =
        switch (of.kind()) {
          case INT, BIG ->
              dice.of(
                  new Name("sum(" + value + ")::BIGINT", Kind.BIG),
                  new Name("sum(" + value + ")", Kind.BIG),
                  new Name(dice.of("min(", "max(") + value + ")", of.kind()),
                  new Name("avg(" + value + ")::DECIMAL(10,2)", Kind.DEC));
          case DEC ->
              dice.of(
                  new Name("sum(" + value + ")::DECIMAL(10,2)", Kind.DEC),
                  new Name("sum(" + value + ")", Kind.DEC));
          case REAL -> new Name("sum(" + value + ")", Kind.REAL);
          case FLAG -> new Name("bool_or(" + value + ")", Kind.FLAG);
          case TEXT -> new Name("string_agg(" + value + ", ',' ORDER BY " + value + ")", Kind.TEXT);
          case MAPPED -> new Name("count(" + value + ")", Kind.BIG);
          default -> new Name(dice.of("min(", "max(") + value + ")", of.kind());
        };
    if (dice.once(3)) {
      measure =
          dice.of(
              new Name("count(*)", Kind.BIG),
              new Name("count(DISTINCT " + value + ")", Kind.BIG),
              of.kind() == Kind.INT
                  ? new Name("list(" + value + " ORDER BY " + value + ")", Kind.INTS)
                  : new Name("count(" + value + ")", Kind.BIG));
    }
    if (dice.once(4) && measure.sql().endsWith(")") && !measure.sql().contains("::")) {
      shapes.add("FILTER");
      return new Name(
          measure.sql() + " FILTER (WHERE " + queries.values().condition(from.reach(), 0) + ")",
          measure.kind());
    }
    return measure;
  }

  /// An aggregate that can be moved by what goes and comes, of a column of numbers where there is
  /// one.
  Name movable(From from) {
    shapes.add("totals");
    List<Name> names = from.reach().names(dice);
    Name of =
        names.stream()
            .filter(name -> name.kind() == Kind.INT || name.kind() == Kind.DEC)
            .findAny()
            .orElse(dice.of(names));
    boolean number = of.kind() == Kind.INT || of.kind() == Kind.DEC || of.kind() == Kind.BIG;
    String call =
        number
            ? dice.of("sum(", "sum(", "sum(", "min(", "max(", "count(")
            : of.kind() == Kind.TEXT ? dice.of("min(", "max(", "count(") : "count(";
    String filter =
        dice.once(5) ? " FILTER (WHERE " + queries.values().condition(from.reach(), 0) + ")" : "";
    Kind kind = call.equals("count(") || call.equals("sum(") ? Kind.BIG : of.kind();
    return new Name(call + of.sql() + ")" + filter, kind);
  }

  static String over(String partition, String order) {
    return (partition.isEmpty() ? "" : "PARTITION BY " + partition + " ") + "ORDER BY " + order;
  }

  /// An order in which only rows are equal that are the same.
  String total(From from) {
    List<String> all = new ArrayList<>();
    for (Reach.Source source : from.reach().sources()) {
      for (Col column : source.columns()) {
        all.add(
            Identifiers.quote(source.alias())
                + "."
                + Identifiers.quote(column.name())
                + dice.of("", "", " DESC", " NULLS FIRST"));
      }
    }
    return String.join(", ", dice.shuffled(all));
  }

  /// A function over a window.
  ///
  /// @param partition what the window is partitioned by; empty for all rows
  Name window(From from, String partition) {
    Name of = dice.of(from.reach().names(dice));
    String whole = partition.isEmpty() ? "" : "PARTITION BY " + partition;
    String column = of.sql();
    return switch (dice.below(8)) {
      case 0 -> new Name("count(*) OVER (" + whole + ")", Kind.BIG);
      case 1 ->
          new Name(
              dice.of("rank", "dense_rank") + "() OVER (" + over(partition, column) + ")",
              Kind.BIG);
      case 2 -> {
        String name = dice.of("lag(", "lead(", "first_value(");
        yield new Name(name + column + ") OVER (" + over(partition, total(from)) + ")", of.kind());
      }
      case 3 -> ranged(from, partition, column);
      case 4 -> {
        shapes.add("FILTER");
        String filter = " FILTER (WHERE " + queries.values().condition(from.reach(), 0) + ")";
        yield new Name("count(*)" + filter + " OVER (" + whole + ")", Kind.BIG);
      }
      case 5 -> {
        String frame = " ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING";
        yield new Name(
            "count(" + column + ") OVER (" + over(partition, total(from)) + frame + ")", Kind.BIG);
      }
      case 6 -> summed(from, partition, of);
      default -> new Name("row_number() OVER (" + over(partition, total(from)) + ")", Kind.BIG);
    };
  }

  private List<Name> numbers(From from) {
    return from.reach().names(dice).stream().filter(name -> name.kind().number()).toList();
  }

  private Name ranged(From from, String partition, String column) {
    List<Name> numbers = numbers(from);
    String order = numbers.isEmpty() ? "1" : dice.of(numbers).sql();
    String frame = " RANGE BETWEEN 1 PRECEDING AND CURRENT ROW";
    return new Name(
        "count(" + column + ") OVER (" + over(partition, order) + frame + ")", Kind.BIG);
  }

  private Name summed(From from, String partition, Name of) {
    List<Name> numbers = numbers(from);
    String over = ") OVER (" + over(partition, of.sql()) + ")";
    return numbers.isEmpty()
        ? new Name("max(" + of.sql() + over, of.kind())
        : new Name("sum(" + dice.of(numbers).sql() + over + "::DOUBLE", Kind.REAL);
  }
}
