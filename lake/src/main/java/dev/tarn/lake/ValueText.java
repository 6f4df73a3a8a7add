package dev.tarn.lake;

import dev.tarn.vocabulary.Failure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/// Reads a value that an engine printed as Iceberg keeps it in memory: days, microseconds, unscaled
/// decimals.
final class ValueText {
  private static final Pattern DATE = Pattern.compile("(\\d{4,})-(\\d{2})-(\\d{2})");
  private static final String BEFORE_CHRIST = "(BC)";

  private ValueText() {}

  /// Fails (FIX_DATA) for values that no Iceberg client can read, and when the text is no such
  /// value.
  static Object parse(Type type, String text) {
    try {
      return switch (type.typeId()) {
        case BOOLEAN -> truth(text);
        case INTEGER -> Integer.valueOf(text);
        case LONG -> Long.valueOf(text);
        case FLOAT -> (float) number(text);
        case DOUBLE -> number(text);
        case DATE -> Math.toIntExact(day(text));
        case TIME -> time(text) / 1000;
        case TIMESTAMP -> nanos(text, 1000);
        case TIMESTAMP_NANO -> nanos(text, 1);
        case STRING -> text;
        case UUID -> UUID.fromString(text);
        case FIXED, BINARY -> bytes(text);
        case DECIMAL ->
            new BigDecimal(text)
                .setScale(((Types.DecimalType) type).scale(), RoundingMode.UNNECESSARY);
        case STRUCT, LIST, MAP, VARIANT, UNKNOWN, GEOMETRY, GEOGRAPHY ->
            throw new IllegalArgumentException("a value of type " + type + " has no such text");
      };
    } catch (RuntimeException e) {
      if (e instanceof Failure failure) {
        throw failure;
      }
      throw Failure.bug("'" + text + "' is not a value of type " + type, e);
    }
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static double number(String text) {
    return switch (text) {
      case "inf", "Infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-Infinity" -> Double.NEGATIVE_INFINITY;
      case "nan", "NaN" -> Double.NaN;
      default -> Double.parseDouble(text);
    };
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(text.replace("\\x", "")));
  }

  private static long day(String text) {
    refuseInfinite(text);
    boolean before = text.endsWith(BEFORE_CHRIST);
    Matcher matcher = DATE.matcher(text);
    if (!matcher.lookingAt()) {
      throw new IllegalArgumentException(text);
    }
    int year = Integer.parseInt(matcher.group(1));
    int month = Integer.parseInt(matcher.group(2));
    return LocalDate.of(before ? 1 - year : year, month, Integer.parseInt(matcher.group(3)))
        .toEpochDay();
  }

  private static long time(String text) {
    if (text.startsWith("24:")) {
      throw Failure.data(
          "the time 24:00:00 can't be stored in a table",
          "write it as 00:00:00 of the next day, or as text");
    }
    return LocalTime.parse(text).getLong(ChronoField.NANO_OF_DAY);
  }

  /// Times of day follow the date after a blank; a zone, always UTC, may follow them.
  private static long nanos(String text, long unit) {
    refuseInfinite(text);
    String plain = text.replace(BEFORE_CHRIST, "").strip();
    int blank = Math.max(plain.indexOf(' '), plain.indexOf('T'));
    String clock =
        blank < 0 ? "00:00:00" : plain.substring(blank + 1).replaceFirst("(\\+00(:00)?|Z)$", "");
    long perDay = Math.multiplyExact(86_400_000_000_000L / unit, day(text));
    return Math.addExact(perDay, time(clock) / unit);
  }

  private static void refuseInfinite(String text) {
    if (text.endsWith("infinity")) {
      throw Failure.data(
          "the date " + text + " can't be stored in a table",
          "turn it into NULL or a far date, as in nullif(d, 'infinity')");
    }
  }
}
