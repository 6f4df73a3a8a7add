package dev.tarn.sql.change;

import dev.tarn.sql.change.Reach.Name;
import java.util.List;
import java.util.Optional;

/// Throws expressions: values and conditions.
final class ValueDice {
  private final Dice dice;
  private final QueryDice queries;

  ValueDice(Dice dice, QueryDice queries) {
    this.dice = dice;
    this.queries = queries;
  }

  /// A column of a type, if there is one.
  Optional<String> column(Kind kind, Reach reach) {
    List<Name> names = reach.names(dice, kind);
    return names.isEmpty() ? Optional.empty() : Optional.of(dice.of(names).sql());
  }

  String value(Kind kind, Reach reach, int depth) {
    Optional<String> column = column(kind, reach);
    if (column.isPresent() && (depth == 0 || dice.percent(60))) {
      return column.get();
    }
    if (depth == 0) {
      return kind.literal(dice);
    }
    String any = value(kind, reach, depth - 1);
    if (dice.once(5)) {
      return dice.of(
          "CASE WHEN %s THEN %s ELSE %s END"
              .formatted(condition(reach, 0), any, value(kind, reach, 0)),
          "coalesce(%s, %s)".formatted(any, kind.literal(dice)));
    }
    return made(kind, any, reach, depth - 1);
  }

  private String made(Kind kind, String any, Reach reach, int depth) {
    return switch (kind) {
      case INT -> integer(any, reach, depth);
      case BIG -> dice.of("(" + any + " + 1::BIGINT)", value(Kind.INT, reach, depth) + "::BIGINT");
      case DEC ->
          dice.of(
              "(" + any + " + 1.25)::DECIMAL(10,2)",
              value(Kind.INT, reach, depth) + "::DECIMAL(10,2)");
      case WIDE -> value(Kind.INT, reach, depth) + "::DECIMAL(38,0)";
      case REAL -> dice.of(any + " * 0.5::DOUBLE", value(Kind.INT, reach, depth) + "::DOUBLE");
      case TEXT -> text(any, reach, depth);
      case FLAG -> "(" + condition(reach, depth) + ")";
      case TIME ->
          dice.of("(" + any + " + INTERVAL 1 DAY)", rounded(any) + "::TIMESTAMP", rounded(any));
      case DAY -> dice.of(value(Kind.TIME, reach, depth), rounded(any)) + "::DATE";
      case INTS ->
          dice.of(
              "list_value(" + value(Kind.INT, reach, depth) + ", " + Kind.INT.literal(dice) + ")",
              "list_filter(" + any + ", lambda k: k > 0)",
              "list_sort(" + any + ")");
      case RECORD ->
          "{'x': "
              + value(Kind.INT, reach, depth)
              + ", 'y': "
              + value(Kind.TEXT, reach, depth)
              + "}";
      case TEXTS -> "list_value(" + value(Kind.TEXT, reach, depth) + ")";
      case ZONED, UUID, BYTES, RECORDS, MAPPED -> any;
    };
  }

  private String integer(String any, Reach reach, int depth) {
    return switch (dice.below(7)) {
      case 0 -> "(" + any + " + " + value(Kind.INT, reach, depth) + ")";
      case 1 -> "length(" + value(Kind.TEXT, reach, depth) + ")::INTEGER";
      case 2 -> column(Kind.RECORD, reach).map(record -> "(" + record + ").x").orElse(any);
      case 3 -> "abs(" + any + ")";
      case 4 -> "(" + any + " % 2)";
      case 5 -> "len(" + value(Kind.INTS, reach, depth) + ")::INTEGER";
      default -> "nullif(" + any + ", " + value(Kind.INT, reach, depth) + ")";
    };
  }

  private String rounded(String time) {
    String unit = dice.of("year", "quarter", "month", "week", "day", "Day", "hour", "minute");
    return "date_trunc('" + unit + "', " + time + ")";
  }

  private String text(String any, Reach reach, int depth) {
    return switch (dice.below(5)) {
      case 0 -> "upper(" + any + ")";
      case 1 -> "(" + any + " || " + value(Kind.TEXT, reach, depth) + ")";
      case 2 -> column(Kind.RECORD, reach).map(record -> "(" + record + ").y").orElse(any);
      case 3 -> value(Kind.INT, reach, depth) + "::VARCHAR";
      default -> "substr(" + any + ", 1, 1)";
    };
  }

  /// A condition, now and then with a query in it.
  String condition(Reach reach, int depth) {
    if (depth > 0 && dice.percent(30)) {
      return dice.of(
          "(%s AND %s)".formatted(condition(reach, depth - 1), condition(reach, depth - 1)),
          "(%s OR %s)".formatted(condition(reach, depth - 1), condition(reach, depth - 1)),
          "NOT (" + condition(reach, depth - 1) + ")");
    }
    if (depth > 0 && dice.percent(55)) {
      Optional<String> query = queries.condition(reach);
      if (query.isPresent()) {
        return query.get();
      }
    }
    List<Name> names = reach.names(dice);
    Kind kind = names.isEmpty() ? Kind.INT : dice.of(names).kind();
    String left = value(kind, reach, depth);
    return switch (dice.below(7)) {
      case 0 -> left + " IS NULL";
      case 1 -> left + " IS NOT DISTINCT FROM " + value(kind, reach, 0);
      case 2 -> left + " IN (" + kind.literal(dice) + ", " + kind.literal(dice) + ")";
      case 3 -> left + dice.of(" <> ", " <= ", " > ") + kind.literal(dice);
      case 4 -> left + " = " + value(kind, reach, 0);
      default -> left + dice.of(" >= ", " <= ", " <> ") + kind.literal(dice);
    };
  }

  /// An equality of a column here with one further out.
  Optional<String> meeting(Reach here, Reach there) {
    return meeting(here.names(dice), there.names(dice));
  }

  /// An equality of columns of two relations side by side.
  Optional<String> between(Reach here, Reach there) {
    return meeting(here.names(dice, there), there.names(dice, here));
  }

  private Optional<String> meeting(List<Name> here, List<Name> there) {
    List<String> found =
        here.stream()
            .flatMap(name ->
                there.stream()
                    .filter(other -> other.kind() == name.kind())
                    .map(other -> name.sql() + dice.of(" = ", " = ", " = ", " <= ") + other.sql()))
            .toList();
    return found.isEmpty() ? Optional.empty() : Optional.of(dice.of(found));
  }
}
