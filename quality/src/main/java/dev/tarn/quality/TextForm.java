package dev.tarn.quality;

import dev.tarn.vocabulary.Type;
import java.util.List;

/// A way to write values of a type as text. Stricter than a cast: `007` is no number and `1` no
/// truth.
///
/// @param type what the text could be; numbers with a point are sized later
/// @param matches a condition over a text that is trimmed and not blank, with `%s` for it
/// @param cast the value, or NULL, with `%s` for the text
record TextForm(Type type, String matches, String cast) {
  private static final String DATE =
      "regexp_full_match(%1$s, '\\d{4}-\\d{1,2}-\\d{1,2}') AND TRY_CAST(%1$s AS DATE) IS NOT NULL";
  private static final String MOMENT =
      "regexp_full_match(%1$s, '\\d{4}-\\d{1,2}-\\d{1,2}[ T]\\d{1,2}:\\d{2}[0-9:.]*') AND TRY_CAST(%1$s AS TIMESTAMP) IS NOT NULL";
  private static final String ZONED =
      "regexp_full_match(%1$s, '\\d{4}-\\d{1,2}-\\d{1,2}[ T]\\d{1,2}:\\d{2}[0-9:.]* ?(Z|[+-]\\d{2}(:?\\d{2})?)') AND TRY_CAST(%1$s AS TIMESTAMPTZ) IS NOT NULL";

  /// The likelier first: of two forms that fit equally the first is taken.
  static final List<TextForm> ALL =
      List.of(
          plain(Type.Primitive.BIGINT, "regexp_full_match(%s, '[+-]?(0|[1-9][0-9]{0,17})')"),
          plain(
              new Type.Decimal(18, 2),
              "regexp_full_match(%s, '[+-]?(0|[1-9][0-9]{0,27})(\\.[0-9]{1,10})?')"),
          plain(
              Type.Primitive.DOUBLE,
              "regexp_full_match(%s, '[+-]?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?')"),
          plain(Type.Primitive.BOOLEAN, "lower(%s) IN ('true', 'false', 'yes', 'no')"),
          plain(Type.Primitive.DATE, DATE),
          plain(Type.Primitive.TIMESTAMP, MOMENT),
          plain(Type.Primitive.TIMESTAMPTZ, ZONED),
          plain(
              Type.Primitive.TIME,
              "regexp_full_match(%1$s, '\\d{1,2}:\\d{2}(:\\d{2})?') AND TRY_CAST(%1$s AS TIME) IS NOT NULL"),
          plain(
              Type.Primitive.UUID,
              "regexp_full_match(%s, '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}')"),
          dated("\\d{1,2}\\.\\d{1,2}\\.\\d{4}", "%%d.%%m.%%Y"),
          dated("\\d{1,2}/\\d{1,2}/\\d{4}", "%%d/%%m/%%Y"),
          dated("\\d{1,2}/\\d{1,2}/\\d{4}", "%%m/%%d/%%Y"));

  private static TextForm plain(Type type, String matches) {
    return new TextForm(type, matches, "TRY_CAST(%s AS " + type.sql() + ")");
  }

  private static TextForm dated(String shape, String format) {
    String parsed = "try_strptime(%1$s, '" + format + "')";
    return new TextForm(
        Type.Primitive.DATE,
        "regexp_full_match(%1$s, '" + shape + "') AND " + parsed + " IS NOT NULL",
        "CAST(" + parsed + " AS DATE)");
  }

  /// The same form for numbers of so many digits before and after the point.
  TextForm sized(long whole, long fraction) {
    if (!(type instanceof Type.Decimal)) {
      return this;
    }
    int scale = (int) Math.min(10, Math.max(2, fraction));
    int precision = whole + scale <= 18 ? 18 : 38;
    Type sized = new Type.Decimal(precision, scale);
    return new TextForm(sized, matches, "TRY_CAST(%s AS " + sized.sql() + ")");
  }
}
