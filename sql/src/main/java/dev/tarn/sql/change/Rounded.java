package dev.tarn.sql.change;

import dev.tarn.sql.tree.Expression;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A column that an expression rounds down: of a time, `date_trunc('day', c)` and `c::DATE` are not
/// after `c`, nor before it by more than a day; one within the other, by more than both units.
///
/// @param units by how much at most, all together
record Rounded(Expression.ColumnRef column, List<String> units) {
  private static final String DAY = "1 DAY";
  private static final Map<String, String> UNITS =
      Map.of(
          "year",
          "1 YEAR",
          "quarter",
          "3 MONTH",
          "month",
          "1 MONTH",
          "week",
          "7 DAY",
          "day",
          DAY,
          "hour",
          "1 HOUR",
          "minute",
          "1 MINUTE");

  Rounded {
    units = List.copyOf(units);
  }

  /// Empty for any other expression. That the column is of time is not known here.
  static Optional<Rounded> of(Expression expression) {
    return switch (expression) {
      case Expression.ColumnRef column -> Optional.of(new Rounded(column, List.of()));
      case Expression.Cast cast when !cast.lenient() -> cast(cast);
      case Expression.FunctionCall call when isPlain(call) -> truncated(call);
      case Expression _ -> Optional.empty();
    };
  }

  private static Optional<Rounded> cast(Expression.Cast cast) {
    return switch (cast.type().path().getLast().toUpperCase(Locale.ROOT)) {
      case "DATE" -> of(cast.value()).map(inner -> inner.by(DAY));
      case "TIMESTAMP" -> of(cast.value()).map(inner -> inner.by("0 DAY"));
      default -> Optional.empty();
    };
  }

  private static boolean isPlain(Expression.FunctionCall call) {
    return call.path().size() == 1
        && call.name().equalsIgnoreCase("date_trunc")
        && call.arguments().size() == 2
        && !call.distinct()
        && call.filter().isEmpty()
        && call.orders().isEmpty();
  }

  private static Optional<Rounded> truncated(Expression.FunctionCall call) {
    return call.arguments().getFirst().expression() instanceof Expression.Constant constant
            && constant.kind().equals("STRING")
        ? Optional.ofNullable(UNITS.get(constant.text().toLowerCase(Locale.ROOT)))
            .flatMap(unit -> of(call.arguments().getLast().expression()).map(in -> in.by(unit)))
        : Optional.empty();
  }

  private Rounded by(String unit) {
    return new Rounded(column, Stream.concat(units.stream(), Stream.of(unit)).toList());
  }
}
