package dev.tarn.quality;

import dev.tarn.engine.EngineConnection;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.Type;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Whether the values that a check lists or bounds are values of their columns' types.
final class LiteralRules {
  private final Schema schema;
  private final EngineConnection connection;
  private final Problems problems;

  LiteralRules(Schema schema, EngineConnection connection, Problems problems) {
    this.schema = schema;
    this.connection = connection;
    this.problems = problems;
  }

  void check(Check check) {
    switch (check) {
      case RowCheck.Accepted c -> c.of().forEach(part -> accepted(part.column(), part.values()));
      case RowCheck.Range c -> c.of().forEach(this::range);
      case RowCheck.Pattern c -> c.of().forEach(this::pattern);
      case RowCheck _, TableCheck _ -> {}
    }
  }

  private void accepted(ColumnAt column, List<String> values) {
    schema
        .column(column.name())
        .ifPresent(found -> {
          for (String wrong : wrong(found.type(), values, true)) {
            problems.add(
                column.at(),
                "'"
                    + wrong
                    + "' can't be a value of '"
                    + column.name()
                    + "', which is "
                    + found.type().sql(),
                "");
          }
        });
  }

  private void range(RowCheck.Range.Bounds part) {
    List<String> bounds = new ArrayList<>();
    part.min().ifPresent(bounds::add);
    part.max().ifPresent(bounds::add);
    schema
        .column(part.column().name())
        .map(column -> column.type())
        .filter(type -> TypeFamily.of(type).hasRange())
        .ifPresent(type -> {
          List<String> wrong = wrong(type, bounds, false);
          wrong.forEach(bound ->
              problems.add(
                  part.column().at(),
                  "'"
                      + bound
                      + "' can't be a bound of '"
                      + part.column().name()
                      + "', which is "
                      + type.sql(),
                  ""));
          if (wrong.isEmpty()
              && bounds.size() == 2
              && crossed(type, bounds.get(0), bounds.get(1))) {
            problems.add(
                part.column().at(),
                "min is more than max for '" + part.column().name() + "', so nothing can pass",
                "swap them");
          }
        });
  }

  private void pattern(RowCheck.Pattern.Expression part) {
    try {
      connection.query("SELECT regexp_matches('', " + Identifiers.literal(part.regex()) + ")", 1);
    } catch (Failure wrong) {
      wrong
          .problems()
          .forEach(problem ->
              problems.add(
                  part.at(),
                  "'" + part.regex() + "' is not a pattern: " + problem.what(),
                  "patterns are RE2's: github.com/google/re2/wiki/Syntax"));
    }
  }

  private boolean crossed(Type type, String min, String max) {
    if (TypeFamily.of(type) == TypeFamily.NUMBER) {
      return number(min).orElse(BigDecimal.ZERO).compareTo(number(max).orElse(BigDecimal.ZERO)) > 0;
    }
    String sql = "SELECT " + cast("CAST", min, type) + " > " + cast("CAST", max, type);
    return Boolean.TRUE.equals(connection.query(sql, 1).rows().getFirst().getFirst());
  }

  /// @param exact whether a number must be one that the type holds without rounding
  private List<String> wrong(Type type, List<String> values, boolean exact) {
    return switch (TypeFamily.of(type)) {
      case TEXT -> List.of();
      case LIST, BINARY, OTHER -> List.of();
      case NUMBER -> values.stream().filter(value -> !number(value, type, exact)).toList();
      case BOOLEAN, MOMENT, TIME_OF_DAY, UUID -> notCastable(type, values);
    };
  }

  private List<String> notCastable(Type type, List<String> values) {
    String sql =
        values.stream()
            .map(value -> cast("TRY_CAST", value, type) + " IS NULL")
            .collect(Collectors.joining(", "));
    List<@Nullable Object> missing = connection.query("SELECT " + sql, 1).rows().getFirst();
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      if (Boolean.TRUE.equals(missing.get(i))) {
        wrong.add(values.get(i));
      }
    }
    return wrong;
  }

  private static String cast(String how, String value, Type type) {
    return how + "(" + Identifiers.literal(value.strip()) + " AS " + type.sql() + ")";
  }

  private static boolean number(String text, Type type, boolean exact) {
    Optional<BigDecimal> value = number(text);
    if (value.isEmpty() || !exact) {
      return value.isPresent();
    }
    return switch (type) {
      case Type.Decimal decimal -> fits(value.get(), decimal.precision(), decimal.scale());
      case Type.Primitive primitive ->
          switch (primitive) {
            case INTEGER -> fits(value.get(), 0, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT -> fits(value.get(), 0, Long.MIN_VALUE, Long.MAX_VALUE);
            case BOOLEAN,
                FLOAT,
                DOUBLE,
                DATE,
                TIME,
                TIMESTAMP,
                TIMESTAMPTZ,
                TIMESTAMP_NS,
                TIMESTAMPTZ_NS,
                VARCHAR,
                UUID,
                BLOB,
                VARIANT ->
                true;
          };
      case Type.Struct _, Type.ListOf _, Type.MapOf _ -> true;
    };
  }

  private static boolean fits(BigDecimal value, int precision, int scale) {
    return value.stripTrailingZeros().scale() <= scale
        && value.setScale(scale, RoundingMode.DOWN).precision() <= precision;
  }

  private static boolean fits(BigDecimal value, int scale, long least, long most) {
    return value.stripTrailingZeros().scale() <= scale
        && value.compareTo(BigDecimal.valueOf(least)) >= 0
        && value.compareTo(BigDecimal.valueOf(most)) <= 0;
  }

  /// Bounded, so that no text becomes a number of a million digits.
  private static Optional<BigDecimal> number(String text) {
    try {
      BigDecimal value = new BigDecimal(text.strip().replace("_", ""));
      return Math.abs((long) value.scale()) + value.precision() > 1000
          ? Optional.empty()
          : Optional.of(value);
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
