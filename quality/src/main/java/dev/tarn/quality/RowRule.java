package dev.tarn.quality;

import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Type;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A row check as SQL over one row: which rows it judges and which of those fail. No expression is
/// ever NULL.
///
/// @param judged true for the rows that are judged
/// @param parts one for each column or condition that the check names; a row fails when one of them
///   is true
record RowRule(String judged, List<Part> parts) {

  private static final String FALSE = "false";

  /// @param failing true for the rows that fail for this part
  record Part(String label, String failing) {}

  RowRule {
    parts = List.copyOf(parts);
  }

  /// True for the rows that fail.
  String failing() {
    List<String> some =
        parts.stream().map(Part::failing).filter(failing -> !failing.equals(FALSE)).toList();
    return some.isEmpty() ? FALSE : "(" + String.join(" OR ", some) + ")";
  }

  /// Asks how many rows fail for each part, where there are several.
  void askParts(Pass pass) {
    if (parts.size() > 1) {
      parts.forEach(part -> pass.count(part.failing()));
    }
  }

  /// For how many rows each part fails, in words.
  String detail(Pass pass) {
    if (parts.size() == 1) {
      return "";
    }
    List<String> counts = new ArrayList<>();
    for (Part part : parts) {
      long count = pass.number(pass.count(part.failing()));
      if (count > 0) {
        counts.add(part.label() + " " + count);
      }
    }
    return counts.stream().collect(Collectors.joining(", ", "by column: ", ""));
  }

  /// The rule of a check that looks at each row alone, or at whether its values occur in another
  /// table.
  static RowRule of(DeclaredCheck declared, RowCheck check, Subject subject) {
    String where = where(declared);
    return switch (check) {
      case RowCheck.NotNull c -> new RowRule(where, notNull(c, where, subject));
      case RowCheck.Accepted c ->
          skippingNull(
              where,
              subject,
              c.columns(),
              c.of().stream().map(part -> accepted(part, subject)).toList());
      case RowCheck.Range c ->
          skippingNull(
              where,
              subject,
              c.columns(),
              c.of().stream().map(part -> range(part, subject)).toList());
      case RowCheck.Pattern c ->
          skippingNull(where, subject, c.columns(), c.of().stream().map(RowRule::pattern).toList());
      case RowCheck.Length c ->
          skippingNull(
              where,
              subject,
              c.columns(),
              c.of().stream().map(part -> length(part, subject)).toList());
      case RowCheck.References c ->
          skippingNull(
              where, subject, c.columns(), c.of().stream().map(RowRule::reference).toList());
      case RowCheck.Unique c -> unique(c, where, subject);
      case RowCheck.Sql _ -> throw new IllegalArgumentException("a query is no rule of one row");
    };
  }

  /// The rule of a query that only filters. CASE looks no further in a condition than WHERE does:
  /// what stands before an AND may keep out values that break what stands behind it.
  static RowRule filter(String where, String condition) {
    String failing = "CASE WHEN " + where + " AND (" + condition + "\n) THEN true ELSE false END";
    return new RowRule(where, List.of(new Part("", failing)));
  }

  /// The rows that a check is about; a condition that is NULL does not hold.
  static String where(DeclaredCheck declared) {
    return declared.where().map(sql -> "coalesce((" + sql.text() + "\n), false)").orElse("true");
  }

  private static List<Part> notNull(RowCheck.NotNull check, String where, Subject subject) {
    List<Part> parts = new ArrayList<>();
    for (ColumnAt column : check.columns()) {
      boolean never = subject.figures().neverNull(column);
      String missing = "(" + where + " AND this." + column.sql() + " IS NULL)";
      parts.add(new Part(column.name(), never ? FALSE : missing));
    }
    return parts;
  }

  /// `failing` of each part may be NULL for a NULL value: that value is not judged.
  private static RowRule skippingNull(
      String where, Subject subject, List<ColumnAt> columns, List<String> failing) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String expression = "(" + where + " AND coalesce(" + failing.get(i) + ", false))";
      parts.add(new Part(columns.get(i).name(), failing.get(i).equals(FALSE) ? FALSE : expression));
    }
    return columns.stream().anyMatch(subject.figures()::neverNull)
        ? new RowRule(where, parts)
        : new RowRule("(" + where + " AND " + present(columns, " OR ") + ")", parts);
  }

  private static String present(List<ColumnAt> columns, String joined) {
    return columns.stream()
        .map(column -> "this." + column.sql() + " IS NOT NULL")
        .collect(Collectors.joining(joined, "(", ")"));
  }

  private static String accepted(RowCheck.Accepted.Values part, Subject subject) {
    String type = subject.type(part.column()).sql();
    return part.values().stream()
        .map(value -> "CAST(" + Identifiers.literal(value) + " AS " + type + ")")
        .collect(Collectors.joining(", ", "this." + part.column().sql() + " NOT IN (", ")"));
  }

  private static String range(RowCheck.Range.Bounds part, Subject subject) {
    String column = "this." + part.column().sql();
    Type type = subject.type(part.column());
    if (within(part, type, subject)) {
      return FALSE;
    }
    List<String> failing = new ArrayList<>();
    part.min()
        .ifPresent(min -> failing.add(column + " < " + bound(min, type, RoundingMode.CEILING)));
    part.max().ifPresent(max -> failing.add(column + " > " + bound(max, type, RoundingMode.FLOOR)));
    if (type == Type.Primitive.DOUBLE || type == Type.Primitive.FLOAT) {
      failing.add("isnan(" + column + ")");
    }
    return "(" + String.join(" OR ", failing) + ")";
  }

  /// Whether the column's figures tell that all values lie within the bounds.
  private static boolean within(RowCheck.Range.Bounds part, Type type, Subject subject) {
    Optional<Figures.Span> known =
        exactScale(type).flatMap(_ -> subject.figures().span(part.column()));
    return known.isPresent()
        && part.min().map(RowRule::decimal).stream()
            .allMatch(min -> known.get().least().compareTo(min) >= 0)
        && part.max().map(RowRule::decimal).stream()
            .allMatch(max -> known.get().greatest().compareTo(max) <= 0);
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text.strip().replace("_", ""));
  }

  /// A bound of an exact type is rounded inwards to the type's own scale, so that comparing never
  /// has to widen the column.
  private static String bound(String text, Type type, RoundingMode inwards) {
    Optional<Integer> scale = exactScale(type);
    if (scale.isPresent()) {
      BigDecimal value = decimal(text).setScale(scale.get(), inwards);
      return value.precision() > 38
          ? "CAST('" + value.toPlainString() + "' AS DOUBLE)"
          : value.toPlainString();
    }
    return "CAST(" + Identifiers.literal(text.strip()) + " AS " + type.sql() + ")";
  }

  private static Optional<Integer> exactScale(Type type) {
    if (type == Type.Primitive.INTEGER || type == Type.Primitive.BIGINT) {
      return Optional.of(0);
    }
    return type instanceof Type.Decimal decimal ? Optional.of(decimal.scale()) : Optional.empty();
  }

  private static String pattern(RowCheck.Pattern.Expression part) {
    return "NOT regexp_matches(this."
        + part.column().sql()
        + ", "
        + Identifiers.literal(part.regex())
        + ")";
  }

  private static String length(RowCheck.Length.Lengths part, Subject subject) {
    boolean binary = TypeFamily.of(subject.type(part.column())) == TypeFamily.BINARY;
    String length = (binary ? "octet_length(this." : "length(this.") + part.column().sql() + ")";
    return length + " NOT BETWEEN " + part.bounds().min() + " AND " + part.bounds().max();
  }

  private static String reference(RowCheck.References.Reference part) {
    String key = Identifiers.quote(part.key());
    return "(this."
        + part.column().sql()
        + " IS NOT NULL AND this."
        + part.column().sql()
        + " NOT IN (SELECT "
        + key
        + " FROM "
        + part.table().sql()
        + " WHERE "
        + key
        + " IS NOT NULL))";
  }

  /// For marking rows: whether the row's key is one of those that occur more than once.
  private static RowRule unique(RowCheck.Unique check, String where, Subject subject) {
    List<ColumnAt> nullable =
        check.columns().stream().filter(column -> !subject.figures().neverNull(column)).toList();
    String judged =
        nullable.isEmpty() ? where : "(" + where + " AND " + present(nullable, " AND ") + ")";
    String key =
        check.columns().stream()
            .map(column -> "this." + column.sql())
            .collect(Collectors.joining(", "));
    String repeated =
        "SELECT "
            + key
            + subject.from()
            + " WHERE "
            + judged
            + " GROUP BY "
            + key
            + " HAVING count(*) > 1";
    String wanted = check.columns().size() == 1 ? key : "(" + key + ")";
    return new RowRule(
        judged,
        List.of(
            new Part(
                key,
                "(" + judged + " AND coalesce(" + wanted + " IN (" + repeated + "), false))")));
  }
}
