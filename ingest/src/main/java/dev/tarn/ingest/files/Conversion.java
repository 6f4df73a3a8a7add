package dev.tarn.ingest.files;

import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Type;
import dev.tarn.vocabulary.Type.Primitive;

/// How a value becomes a column's type, and whether it does so without loss.
///
/// @param value the converted value as SQL; NULL when it does not fit
/// @param fits a condition in SQL that is never NULL; `true` when nothing can go wrong
record Conversion(String value, String fits) {
  static final String ALWAYS = "true";

  /// @param read the value as SQL
  static Conversion of(String read, Type from, Type to, CsvOptions options) {
    if (from.equals(to)) {
      return new Conversion(read, ALWAYS);
    }
    if (to == Primitive.VARCHAR) {
      return new Conversion(text(read, from), ALWAYS);
    }
    return from == Primitive.VARCHAR ? ofText(read, to, options) : ofValue(read, from, to);
  }

  /// A row without a value is no good row.
  Conversion required() {
    String there = "(" + value + ") IS NOT NULL";
    return new Conversion(value, fits.equals(ALWAYS) ? there : fits + " AND " + there);
  }

  private static String text(String read, Type from) {
    boolean nested =
        from instanceof Type.Struct || from instanceof Type.ListOf || from instanceof Type.MapOf;
    return nested ? "CAST(to_json(" + read + ") AS VARCHAR)" : "CAST(" + read + " AS VARCHAR)";
  }

  /// Casting there and back must give the same.
  private static Conversion ofValue(String read, Type from, Type to) {
    String cast = "TRY_CAST(" + read + " AS " + to.sql() + ")";
    String back = "TRY_CAST(" + cast + " AS " + from.sql() + ")";
    return new Conversion(cast, "(" + back + " IS NOT DISTINCT FROM " + read + ")");
  }

  private static Conversion ofText(String read, Type to, CsvOptions options) {
    String text = "nullif(trim(" + read + "), '')";
    String number = number(text, options);
    return switch (to) {
      case Type.Decimal(_, int scale) ->
          checked(
              text,
              cast(number, to),
              fraction(number, "length(rtrim(split_part(%s, '.', 2), '0')) <= " + scale));
      case Primitive primitive ->
          switch (primitive) {
            case INTEGER, BIGINT ->
                checked(
                    text,
                    cast(number, to),
                    fraction(number, "rtrim(split_part(%s, '.', 2), '0') = ''"));
            case FLOAT, DOUBLE -> checked(text, cast(number, to), ALWAYS);
            case DATE ->
                finite(
                    text,
                    options
                        .dateFormat()
                        .map(format -> parsed(text, format, to))
                        .orElse(cast(text, to)));
            case TIMESTAMP, TIMESTAMPTZ, TIMESTAMP_NS, TIMESTAMPTZ_NS ->
                finite(
                    text,
                    options
                        .timestampFormat()
                        .map(format -> parsed(text, format, to))
                        .orElse(cast(text, to)));
            case TIME ->
                checked(
                    text,
                    cast(text, to),
                    cast(text, to) + " < TIME '23:59:59.999999' OR " + text + " NOT LIKE '24%'");
            case BOOLEAN, VARCHAR, UUID, BLOB, VARIANT -> checked(text, cast(text, to), ALWAYS);
          };
      case Type.Struct _, Type.ListOf _, Type.MapOf _ ->
          checked(text, "TRY_CAST(TRY_CAST(" + text + " AS JSON) AS " + to.sql() + ")", ALWAYS);
    };
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

  private static String fraction(String number, String condition) {
    return "NOT contains(" + number + ", '.') OR " + condition.formatted(number);
  }

  private static Conversion finite(String text, String cast) {
    return checked(text, cast, "isfinite(" + cast + ")");
  }

  private static Conversion checked(String text, String cast, String exact) {
    String whole = exact.equals(ALWAYS) ? "" : " AND coalesce(" + exact + ", false)";
    return new Conversion(
        cast, "(" + text + " IS NULL OR (" + cast + " IS NOT NULL" + whole + "))");
  }

  private static String cast(String text, Type to) {
    return "TRY_CAST(" + text + " AS " + to.sql() + ")";
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
