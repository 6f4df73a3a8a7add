package dev.tarn.engine.duckdb;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What DuckDB says about an error.
///
/// @param kind its class of error, such as `Binder` or `Conversion`
/// @param fields further facts by name: `candidates`, `name`, `error_subtype` …
record ErrorReport(String kind, String message, Map<String, String> fields) {
  private static final Pattern FIELD =
      Pattern.compile(
          "\"((?:[^\"\\\\]|\\\\.)*)\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"", Pattern.DOTALL);
  private static final Pattern PLAIN =
      Pattern.compile(
          "^(?:java\\.sql\\.SQLException: )?([A-Za-z ]+?) Error: ?(.*)$", Pattern.DOTALL);
  private static final Pattern LOCATION = Pattern.compile("\\[(\\d+),(\\d+)]");

  static ErrorReport of(SQLException error) {
    String text = String.valueOf(error.getMessage());
    int json = text.indexOf("{\"exception_type\"");
    if (json >= 0) {
      Map<String, String> fields = fields(text.substring(json));
      return new ErrorReport(
          fields.getOrDefault("exception_type", ""),
          fields.getOrDefault("exception_message", text),
          fields);
    }
    Matcher plain = PLAIN.matcher(text);
    return plain.matches()
        ? new ErrorReport(plain.group(1), plain.group(2), Map.of())
        : new ErrorReport("", text, Map.of());
  }

  Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name)).filter(value -> !value.isEmpty());
  }

  /// Where the offending text begins in the statement, and how long it is, in bytes.
  Optional<int[]> span() {
    Matcher location = LOCATION.matcher(fields.getOrDefault("location", ""));
    if (location.matches()) {
      return Optional.of(
          new int[] {Integer.parseInt(location.group(1)), Integer.parseInt(location.group(2))});
    }
    return field("position").map(position -> new int[] {Integer.parseInt(position), 0});
  }

  private static Map<String, String> fields(String json) {
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher matcher = FIELD.matcher(json);
    while (matcher.find()) {
      fields.putIfAbsent(unescaped(matcher.group(1)), unescaped(matcher.group(2)));
    }
    return fields;
  }

  private static String unescaped(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      if (next != '\\') {
        plain.append(next);
        continue;
      }
      i++;
      switch (text.charAt(i)) {
        case 'n' -> plain.append('\n');
        case 't' -> plain.append('\t');
        case 'r' -> plain.append('\r');
        case 'b' -> plain.append('\b');
        case 'f' -> plain.append('\f');
        case 'u' -> {
          plain.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
          i += 4;
        }
        default -> plain.append(text.charAt(i));
      }
    }
    return plain.toString();
  }
}
