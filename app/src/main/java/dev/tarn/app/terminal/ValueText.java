package dev.tarn.app.terminal;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Single values as text.
public final class ValueText {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  private ValueText() {}

  /// For people: NULL is `NULL`.
  public static String shown(@Nullable Object value) {
    return value == null ? "NULL" : text(value);
  }

  /// A CSV field (RFC 4180): NULL is nothing, an empty text is `""`, quotes where needed.
  public static String csv(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    String text = text(value);
    boolean quote =
        text.isEmpty()
            || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
            || Character.isWhitespace(text.charAt(0))
            || Character.isWhitespace(text.charAt(text.length() - 1));
    return quote ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
  }

  private static String text(Object value) {
    return switch (value) {
      case BigDecimal number -> number.toPlainString();
      case LocalDateTime time -> TIME.format(time);
      case OffsetDateTime time -> TIME.format(time) + "+00";
      case byte[] bytes -> HexFormat.of().formatHex(bytes);
      case List<?> list -> Json.text(list);
      case Map<?, ?> map -> Json.text(map);
      default -> value.toString();
    };
  }

  /// Whether values of that engine type are numbers, which stand to the right.
  public static boolean isNumeric(String type) {
    return type.matches("(?i)(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|BIGNUM|DECIMAL.*)");
  }

  /// The names, each once: a second `n` is `n_2`.
  public static List<String> distinct(List<String> names) {
    Set<String> seen = new HashSet<>();
    List<String> distinct = new ArrayList<>();
    for (String name : names) {
      String candidate = name;
      for (int i = 2; !seen.add(candidate); i++) {
        candidate = name + "_" + i;
      }
      distinct.add(candidate);
    }
    return distinct;
  }
}
