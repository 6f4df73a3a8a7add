package dev.tarn.ingest.files;

import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Type;
import dev.tarn.vocabulary.Type.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// How a value becomes a column's type, and whether it does so without loss.
///
/// @param value the converted value as SQL; NULL when it does not fit
/// @param fit whether it fits; absent when nothing can go wrong
record Conversion(String value, Optional<Fit> fit) {

  /// A condition in SQL that is never NULL.
  @FunctionalInterface
  interface Fit {

    /// @param converted the converted value, computed before, as SQL
    String of(String converted);
  }

  /// @param read the value as SQL
  static Conversion of(String read, Type from, Type to, CsvOptions options) {
    if (from.equals(to)) {
      return new Conversion(read, Optional.empty());
    }
    if (to == Primitive.VARCHAR) {
      return new Conversion(text(read, from), Optional.empty());
    }
    if (from instanceof Type.Struct(List<Column> there)
        && to instanceof Type.Struct(List<Column> wanted)) {
      return ofFields(read, there, wanted, options);
    }
    return from == Primitive.VARCHAR ? ofText(read, to, options) : ofValue(read, from, to);
  }

  /// Each field becomes what it is to be; one that is not wanted must be without a value.
  private static Conversion ofFields(
      String read, List<Column> there, List<Column> wanted, CsvOptions options) {
    List<String> values = new ArrayList<>();
    List<Fit> fits = new ArrayList<>();
    for (Column field : wanted) {
      Conversion conversion =
          there.stream()
              .filter(other -> other.name().equalsIgnoreCase(field.name()))
              .findFirst()
              .map(other -> of(field(read, other), other.type(), field.type(), options))
              .orElse(nothing(field.type()));
      values.add(Identifiers.quote(field.name()) + " := " + conversion.value);
      conversion.fit.ifPresent(fit -> fits.add(whole -> fit.of(field(whole, field))));
    }
    there.stream()
        .filter(other ->
            wanted.stream().noneMatch(field -> field.name().equalsIgnoreCase(other.name())))
        .forEach(other -> fits.add(_ -> "(" + field(read, other) + " IS NULL)"));
    String value =
        "CASE WHEN "
            + read
            + " IS NOT NULL THEN struct_pack("
            + String.join(", ", values)
            + ") END";
    return new Conversion(
        value, fits.isEmpty() ? Optional.empty() : Optional.of(whole -> all(read, fits, whole)));
  }

  private static String all(String read, List<Fit> fits, String whole) {
    return fits.stream()
        .map(fit -> fit.of(whole))
        .collect(Collectors.joining(" AND ", "(" + read + " IS NULL OR ", ")"));
  }

  private static String field(String read, Column field) {
    return "struct_extract(" + read + ", " + Identifiers.literal(field.name()) + ")";
  }

  /// What a column becomes that is not there.
  static Conversion nothing(Type type) {
    return new Conversion("CAST(NULL AS " + type.sql() + ")", Optional.empty());
  }

  /// A row without a value is no good row.
  Conversion required() {
    return new Conversion(
        value,
        Optional.of(converted -> {
          String there = converted + " IS NOT NULL";
          return fit.map(whole -> whole.of(converted) + " AND " + there).orElse(there);
        }));
  }

  private static String text(String read, Type from) {
    boolean nested =
        from instanceof Type.Struct || from instanceof Type.ListOf || from instanceof Type.MapOf;
    return nested ? "CAST(to_json(" + read + ") AS VARCHAR)" : "CAST(" + read + " AS VARCHAR)";
  }

  /// Casting there and back must give the same.
  private static Conversion ofValue(String read, Type from, Type to) {
    return new Conversion(
        "TRY_CAST(" + read + " AS " + to.sql() + ")",
        Optional.of(converted ->
            "(TRY_CAST("
                + converted
                + " AS "
                + from.sql()
                + ") IS NOT DISTINCT FROM "
                + read
                + ")"));
  }

  private static Conversion ofText(String read, Type to, CsvOptions options) {
    return switch (to) {
      case Type.Decimal(_, int scale) ->
          checked(
              read, cast(number(read, options), to), _ -> noMoreThan(scale, number(read, options)));
      case Primitive primitive ->
          switch (primitive) {
            case INTEGER, BIGINT ->
                checked(
                    read,
                    cast(number(read, options), to),
                    _ -> noMoreThan(0, number(read, options)));
            case FLOAT, DOUBLE -> checked(read, cast(number(read, options), to));
            case DATE -> finite(read, dated(read, options.dateFormat(), to));
            case TIMESTAMP, TIMESTAMPTZ, TIMESTAMP_NS, TIMESTAMPTZ_NS ->
                finite(read, dated(read, options.timestampFormat(), to));
            case TIME -> checked(read, cast(read, to), converted -> withinDay(read, converted));
            case BOOLEAN -> checked(read, cast(read, to));
            case VARCHAR, UUID, BLOB, VARIANT ->
                checked(read, "TRY_CAST(" + stripped(read) + " AS " + to.sql() + ")");
          };
      case Type.Struct _, Type.ListOf _, Type.MapOf _ ->
          checked(read, "TRY_CAST(TRY_CAST(" + stripped(read) + " AS JSON) AS " + to.sql() + ")");
    };
  }

  /// The text without blanks around it; NULL when there is nothing else.
  private static String stripped(String text) {
    return "nullif(trim(" + text + "), '')";
  }

  private static String number(String text, CsvOptions options) {
    return options.decimal().equals(".")
        ? text
        : "replace(replace("
            + text
            + ", '.', ''), "
            + Identifiers.literal(options.decimal())
            + ", '.')";
  }

  /// Whether a number has no more than so many digits behind its point, but for noughts. What costs
  /// most comes last and is asked of few: the engine would take the parts of an `OR` in an order of
  /// its own.
  private static String noMoreThan(int digits, String number) {
    String few = "strlen(" + number + ") - strpos(" + number + ", '.') <= " + digits;
    return "CASE WHEN "
        + (digits == 0 ? "" : few + " THEN true WHEN ")
        + "NOT contains("
        + number
        + ", '.') THEN true ELSE length(rtrim(split_part("
        + number
        + ", '.', 2), '0 ')) <= "
        + digits
        + " END";
  }

  private static String withinDay(String read, String converted) {
    return "(" + converted + " < TIME '23:59:59.999999' OR " + stripped(read) + " NOT LIKE '24%')";
  }

  private static Conversion finite(String read, String value) {
    return new Conversion(
        value, Optional.of(converted -> judged(read, "isfinite(" + converted + ")", "true")));
  }

  private static Conversion checked(String read, String value) {
    return checked(read, value, _ -> "true");
  }

  private static Conversion checked(String read, String value, Fit exact) {
    return new Conversion(
        value,
        Optional.of(converted ->
            judged(
                read, converted + " IS NOT NULL", "coalesce(" + exact.of(converted) + ", false)")));
  }

  private static String judged(String read, String done, String well) {
    return "CASE WHEN "
        + done
        + " THEN "
        + well
        + " WHEN "
        + read
        + " IS NULL THEN true ELSE ltrim("
        + read
        + ") = '' END";
  }

  /// Most texts can be cast as they stand, and looking for blanks around them costs more than that.
  /// Said twice, the engine would look for them in all texts beforehand.
  private static String cast(String text, Type to) {
    return "coalesce(TRY_CAST("
        + text
        + " AS "
        + to.sql()
        + "), TRY_CAST(trim("
        + text
        + ") AS "
        + to.sql()
        + "))";
  }

  private static String dated(String read, Optional<String> format, Type to) {
    return format.map(given -> parsed(stripped(read), given, to)).orElse(cast(read, to));
  }

  private static String parsed(String text, String format, Type to) {
    return "CAST(try_strptime("
        + text
        + ", "
        + Identifiers.literal(format)
        + ") AS "
        + to.sql()
        + ")";
  }
}
