package dev.tarn.sql.change;

import dev.tarn.vocabulary.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What rows that have one of some keys have in common: each part of the key lies between the least
/// and the greatest there is. That follows from the keys, so that a query comes to the same with it
/// and without; but of files and partitions whose figures lie outside nothing is read, which an
/// engine can't tell from keys of several parts, nor from what is made of a column.
///
/// Only types are bounded whose values come back whole from their texts and are as large as they
/// are equal: whole numbers, decimals and times.
public final class Bounds {
  private static final Pattern BOUNDED =
      Pattern.compile(
          "DATE|TIMESTAMP|TIMESTAMP WITH TIME ZONE|U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DECIMAL\\(.*\\)");

  private static final Pattern TIMES = Pattern.compile("DATE|TIMESTAMP");

  /// What the bounds were asked for, in one row of four columns each: texts.
  private static final int FIGURES = 3;

  private Bounds() {}

  /// A part of the key.
  ///
  /// @param value SQL over a row: what is bounded
  /// @param type the type of `value`; empty where it is that of the key
  /// @param units by what the key may be less than `value`; empty where it is the same
  /// @param key the column of the keys
  public record Side(String value, String type, List<String> units, String key) {
    public Side {
      units = List.copyOf(units);
    }

    /// A column that is a part of the key.
    public static Side of(String value, String key) {
      return new Side(value, "", List.of(), key);
    }
  }

  /// Conditions to be added to one that holds for rows of these keys only, each after `AND`.
  public static String of(List<Side> sides, Kept keys, Workbench bench) {
    List<String> types = bench.types("SELECT * FROM " + keys.sql());
    List<Bounded> bounded = new ArrayList<>();
    for (Side side : sides) {
      String type = types.get(keys.columns().indexOf(side.key()));
      if (BOUNDED.matcher(type).matches()
          && (side.units().isEmpty() || isTime(type) && isTime(side.type()))) {
        bounded.add(new Bounded(side, type));
      }
    }
    if (bounded.isEmpty() || keys.isEmpty()) {
      return "";
    }
    List<Optional<String>> figures =
        bench.row(
            bounded.stream()
                .map(Bounded::figures)
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + keys.sql())));
    StringBuilder conditions = new StringBuilder();
    for (int i = 0; i < bounded.size(); i++) {
      conditions
          .append(" AND ")
          .append(
              bounded
                  .get(i)
                  .condition(
                      figures.get(i * FIGURES),
                      figures.get(i * FIGURES + 1),
                      figures.get(i * FIGURES + 2).isPresent()));
    }
    return conditions.toString();
  }

  private static boolean isTime(String type) {
    return TIMES.matcher(type).matches();
  }

  /// A part of the key that has bounds.
  ///
  /// @param type the type of the key
  private record Bounded(Side side, String type) {

    /// The least, the greatest, and something where there is a NULL.
    String figures() {
      return "CAST(min(%1$s) AS VARCHAR), CAST(max(%1$s) AS VARCHAR), CASE WHEN count(*) > count(%1$s) THEN 'NULL' END"
          .formatted(Identifiers.quote(side.key()));
    }

    String condition(Optional<String> least, Optional<String> most, boolean nulls) {
      String none = side.value() + " IS NULL";
      if (least.isEmpty() || most.isEmpty()) {
        return none;
      }
      String between =
          side.value()
              + " BETWEEN "
              + typed(literal(least.get()))
              + " AND "
              + typed(
                  literal(most.get())
                      + side.units().stream()
                          .map(unit -> " + INTERVAL " + unit)
                          .collect(Collectors.joining()));
      return nulls ? "(" + between + " OR " + none + ")" : "(" + between + ")";
    }

    private String literal(String text) {
      return "CAST(" + Identifiers.literal(text) + " AS " + type + ")";
    }

    /// A day that a time is cast to is never after it, and a whole day is no more than any time of
    /// it: rounding down keeps days within their bounds.
    private String typed(String value) {
      return side.units().isEmpty() ? value : "CAST(" + value + " AS " + side.type() + ")";
    }
  }
}
