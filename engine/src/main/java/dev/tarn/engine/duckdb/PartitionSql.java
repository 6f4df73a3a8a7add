package dev.tarn.engine.duckdb;

import static dev.tarn.engine.duckdb.BucketFunctions.HASH_DECIMAL;
import static dev.tarn.engine.duckdb.BucketFunctions.HASH_HEX;
import static dev.tarn.engine.duckdb.BucketFunctions.HASH_LONG;
import static dev.tarn.engine.duckdb.BucketFunctions.HASH_TEXT;

import dev.tarn.lake.FieldNode;
import dev.tarn.lake.PartitionKey;
import dev.tarn.lake.Transform;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Type;
import dev.tarn.vocabulary.Type.Primitive;
import java.util.Locale;
import java.util.Optional;

/// The SQL that computes a row's partition, as Iceberg defines its transforms, as text.
final class PartitionSql {
  private static final long HOUR_MICROS = 3_600_000_000L;

  /// Longer texts would make folder names that file systems refuse; they are told apart by their
  /// hash.
  private static final int LONGEST_IN_NAME = 80;

  private PartitionSql() {}

  /// The partition value as [dev.tarn.lake.WrittenFile] reports it; NULL for NULL.
  static String value(PartitionKey key, FieldNode column) {
    String sql = Identifiers.quote(column.name());
    return switch (key.transform()) {
      case Transform.Identity() -> column.type() == Primitive.BLOB ? "hex(" + sql + ")" : text(sql);
      case Transform.Truncate(int width) -> truncated(sql, width, key, column);
      case Transform.Year _,
          Transform.Month _,
          Transform.Day _,
          Transform.Hour _,
          Transform.Bucket _ ->
          text(number(key, column).orElseThrow());
    };
  }

  /// The partition value of the transforms that always give a whole number.
  static Optional<String> number(PartitionKey key, FieldNode column) {
    String sql = Identifiers.quote(column.name());
    return switch (key.transform()) {
      case Transform.Year() -> Optional.of("year(" + utc(sql, key, column) + ") - 1970");
      case Transform.Month() -> {
        String time = utc(sql, key, column);
        yield Optional.of("(year(" + time + ") - 1970) * 12 + month(" + time + ") - 1");
      }
      case Transform.Day() -> Optional.of(days(sql, key, column));
      case Transform.Hour() -> Optional.of(hours(sql, key, column));
      case Transform.Bucket(int count) ->
          Optional.of("(" + hash(sql, key, column) + " & 2147483647) % " + count);
      case Transform.Identity _, Transform.Truncate _ -> Optional.empty();
    };
  }

  /// The value in a form that is safe in a folder's name and can't be mistaken for NULL or for
  /// another value.
  static String name(String value) {
    return "CASE WHEN strlen("
        + value
        + ") <= "
        + LONGEST_IN_NAME
        + " THEN 'x' || hex("
        + value
        + ") ELSE 'h' || sha256("
        + value
        + ") END";
  }

  private static String text(String sql) {
    return "CAST(" + sql + " AS VARCHAR)";
  }

  private static String days(String sql, PartitionKey key, FieldNode column) {
    return switch (column.type()) {
      case Primitive.DATE -> sql + " - DATE '1970-01-01'";
      case Primitive.TIMESTAMP,
          Primitive.TIMESTAMPTZ,
          Primitive.TIMESTAMP_NS,
          Primitive.TIMESTAMPTZ_NS ->
          floored(sql, 24 * HOUR_MICROS);
      default -> throw wrong(key, column);
    };
  }

  private static String hours(String sql, PartitionKey key, FieldNode column) {
    return switch (column.type()) {
      case Primitive.TIMESTAMP,
          Primitive.TIMESTAMPTZ,
          Primitive.TIMESTAMP_NS,
          Primitive.TIMESTAMPTZ_NS ->
          floored(sql, HOUR_MICROS);
      default -> throw wrong(key, column);
    };
  }

  /// Whole units since 1970, rounded down before it too.
  private static String floored(String sql, long unit) {
    return roundedDown("epoch_us(" + sql + ")", unit) + " // " + unit;
  }

  private static String utc(String sql, PartitionKey key, FieldNode column) {
    return switch (column.type()) {
      case Primitive.DATE, Primitive.TIMESTAMP, Primitive.TIMESTAMP_NS -> sql;
      case Primitive.TIMESTAMPTZ, Primitive.TIMESTAMPTZ_NS ->
          "make_timestamp(epoch_us(" + sql + "))";
      default -> throw wrong(key, column);
    };
  }

  private static String hash(String sql, PartitionKey key, FieldNode column) {
    return switch (column.type()) {
      case Primitive.INTEGER, Primitive.BIGINT -> HASH_LONG + "(CAST(" + sql + " AS BIGINT))";
      case Primitive.DATE -> HASH_LONG + "(CAST(" + sql + " - DATE '1970-01-01' AS BIGINT))";
      case Primitive.TIME,
          Primitive.TIMESTAMP,
          Primitive.TIMESTAMPTZ,
          Primitive.TIMESTAMP_NS,
          Primitive.TIMESTAMPTZ_NS ->
          HASH_LONG + "(epoch_us(" + sql + "))";
      case Primitive.VARCHAR -> HASH_TEXT + "(" + sql + ")";
      case Primitive.UUID -> HASH_HEX + "(replace(" + text(sql) + ", '-', ''))";
      case Primitive.BLOB -> HASH_HEX + "(hex(" + sql + "))";
      case Type.Decimal _ -> HASH_DECIMAL + "(" + text(sql) + ")";
      default -> throw wrong(key, column);
    };
  }

  private static String truncated(String sql, int width, PartitionKey key, FieldNode column) {
    return switch (column.type()) {
      case Primitive.INTEGER -> text(wrapped(sql, width, "2147483648", "4294967296"));
      case Primitive.BIGINT ->
          text(wrapped(sql, width, "9223372036854775808", "18446744073709551616"));
      case Type.Decimal(int _, int scale) -> {
        String unscaled = "CAST(replace(" + text(sql) + ", '.', '') AS HUGEINT)";
        yield text(roundedDown(unscaled, width)) + " || 'e-" + scale + "'";
      }
      case Primitive.VARCHAR -> "left(" + sql + ", " + width + ")";
      case Primitive.BLOB -> "left(hex(" + sql + "), " + 2L * width + ")";
      default -> throw wrong(key, column);
    };
  }

  /// Below the least number of the type Iceberg goes on at the greatest.
  private static String wrapped(String sql, int width, String least, String all) {
    String rounded = roundedDown("CAST(" + sql + " AS HUGEINT)", width);
    return "CASE WHEN "
        + rounded
        + " < -"
        + least
        + " THEN "
        + rounded
        + " + "
        + all
        + " ELSE "
        + rounded
        + " END";
  }

  /// Towards minus infinity, where `%` alone goes towards zero.
  private static String roundedDown(String sql, long width) {
    return "(" + sql + " - (((" + sql + " % " + width + ") + " + width + ") % " + width + "))";
  }

  private static Failure wrong(PartitionKey key, FieldNode column) {
    String transform = key.transform().getClass().getSimpleName().toLowerCase(Locale.ROOT);
    return Failure.input(
        "a table can't be partitioned by "
            + transform
            + "("
            + column.name()
            + "), which is "
            + column.type().sql(),
        "year, month and day take dates and timestamps, hour takes timestamps; bucket and truncate take no floating point");
  }
}
