package dev.tarn.app.test;

import dev.tarn.app.terminal.Json;
import dev.tarn.vocabulary.Column;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Values as tests write them, so that they are read back as they were.
final class ValueYaml {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);
  private static final Set<String> WORDS =
      Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf");

  private ValueYaml() {}

  /// `{order_id: 1, status: shipped}`.
  static String row(List<Column> columns, List<? extends @Nullable Object> row) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      cells.add(cell(columns.get(i).name(), row.get(i)));
    }
    return "{" + String.join(", ", cells) + "}";
  }

  static String cell(String column, @Nullable Object value) {
    return key(column) + ": " + of(value);
  }

  static String of(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String text -> text(text);
      case List<?> list ->
          list.stream().map(ValueYaml::of).collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> cell(keyText(entry.getKey()), entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case byte[] _ -> "'" + single(value) + "'";
      default -> single(value);
    };
  }

  /// As a field of a CSV.
  static String csv(@Nullable Object value) {
    String text =
        switch (value) {
          case null -> "";
          case List<?> list -> Json.text(list);
          case Map<?, ?> map -> Json.text(map);
          default -> single(value);
        };
    boolean bare =
        value == null
            || !text.isEmpty()
                && text.equals(text.strip())
                && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return bare ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }

  private static String single(Object value) {
    return switch (value) {
      case BigDecimal number -> number.toPlainString();
      case Double number when number.isNaN() -> ".nan";
      case Double number when number.isInfinite() -> number > 0 ? ".inf" : "-.inf";
      case Float number when number.isNaN() -> ".nan";
      case Float number when number.isInfinite() -> number > 0 ? ".inf" : "-.inf";
      case LocalDateTime time -> TIME.format(time);
      case OffsetDateTime time -> TIME.format(time).replace(' ', 'T') + "Z";
      case byte[] bytes -> HexFormat.of().formatHex(bytes);
      default -> value.toString();
    };
  }

  private static String keyText(@Nullable Object key) {
    return key instanceof String text ? text : key == null ? "null" : single(key);
  }

  /// A key is a text whatever it looks like.
  static String key(String text) {
    return looksPlain(text) ? text : quoted(text);
  }

  /// Without quotes only where nobody could take it for anything but a text.
  static String text(String text) {
    boolean plain = looksPlain(text) && !WORDS.contains(text.toLowerCase(Locale.ROOT));
    return plain ? text : quoted(text);
  }

  private static boolean looksPlain(String text) {
    return text.matches("[\\p{L}_/][\\p{L}\\p{Nd}_ ./@+-]*") && text.equals(text.strip());
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(code -> quoted.append(escaped(code)));
    return quoted.append('"').toString();
  }

  private static String escaped(int code) {
    return switch (code) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      case '\r' -> "\\r";
      default -> {
        int kind = Character.getType(code);
        boolean hidden =
            Character.isISOControl(code)
                || kind == Character.FORMAT
                || kind == Character.LINE_SEPARATOR
                || kind == Character.PARAGRAPH_SEPARATOR
                || kind == Character.SURROGATE;
        yield hidden
            ? String.format(Locale.ROOT, "\\U%08x", code)
            : new String(Character.toChars(code));
      }
    };
  }
}
