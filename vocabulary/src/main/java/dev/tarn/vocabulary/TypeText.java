package dev.tarn.vocabulary;

import dev.tarn.vocabulary.Type.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads types from text, by descent: name, arguments in brackets, then any number of `[]`.
final class TypeText {
  private static final int DEPTH_LIMIT = 64;

  /// Names of the engine and of people, each with the type that is stored.
  private static final Map<String, Type> NAMES =
      Map.ofEntries(
          Map.entry("boolean", Primitive.BOOLEAN),
          Map.entry("bool", Primitive.BOOLEAN),
          Map.entry("tinyint", Primitive.INTEGER),
          Map.entry("smallint", Primitive.INTEGER),
          Map.entry("utinyint", Primitive.INTEGER),
          Map.entry("usmallint", Primitive.INTEGER),
          Map.entry("integer", Primitive.INTEGER),
          Map.entry("int", Primitive.INTEGER),
          Map.entry("uinteger", Primitive.BIGINT),
          Map.entry("bigint", Primitive.BIGINT),
          Map.entry("long", Primitive.BIGINT),
          Map.entry("ubigint", new Type.Decimal(20, 0)),
          Map.entry("hugeint", new Type.Decimal(38, 0)),
          Map.entry("uhugeint", new Type.Decimal(38, 0)),
          Map.entry("float", Primitive.FLOAT),
          Map.entry("real", Primitive.FLOAT),
          Map.entry("double", Primitive.DOUBLE),
          Map.entry("date", Primitive.DATE),
          Map.entry("time", Primitive.TIME),
          Map.entry("timestamp", Primitive.TIMESTAMP),
          Map.entry("datetime", Primitive.TIMESTAMP),
          Map.entry("timestamp_s", Primitive.TIMESTAMP),
          Map.entry("timestamp_ms", Primitive.TIMESTAMP),
          Map.entry("timestamp_us", Primitive.TIMESTAMP),
          Map.entry("timestamptz", Primitive.TIMESTAMPTZ),
          Map.entry("timestamp_ns", Primitive.TIMESTAMP_NS),
          Map.entry("timestamptz_ns", Primitive.TIMESTAMPTZ_NS),
          Map.entry("varchar", Primitive.VARCHAR),
          Map.entry("text", Primitive.VARCHAR),
          Map.entry("string", Primitive.VARCHAR),
          Map.entry("char", Primitive.VARCHAR),
          Map.entry("json", Primitive.VARCHAR),
          Map.entry("enum", Primitive.VARCHAR),
          Map.entry("interval", Primitive.VARCHAR),
          Map.entry("bit", Primitive.VARCHAR),
          Map.entry("bignum", Primitive.VARCHAR),
          Map.entry("union", Primitive.VARCHAR),
          Map.entry("timetz", Primitive.VARCHAR),
          Map.entry("time_ns", Primitive.VARCHAR),
          Map.entry("\"null\"", Primitive.VARCHAR),
          Map.entry("null", Primitive.VARCHAR),
          Map.entry("uuid", Primitive.UUID),
          Map.entry("blob", Primitive.BLOB),
          Map.entry("binary", Primitive.BLOB),
          Map.entry("bytea", Primitive.BLOB),
          Map.entry("varbinary", Primitive.BLOB),
          Map.entry("variant", Primitive.VARIANT));

  private final String text;
  private int at;

  TypeText(String text) {
    this.text = text;
  }

  Type whole() {
    Type type = type(0);
    skipSpace();
    if (at != text.length()) {
      throw wrong();
    }
    return type;
  }

  private Type type(int depth) {
    if (depth > DEPTH_LIMIT) {
      throw Failure.input("a type is nested more than " + DEPTH_LIMIT + " deep");
    }
    Type type = unsuffixed(depth);
    while (take("[")) {
      while (at < text.length() && Character.isDigit(text.charAt(at))) {
        at++;
      }
      expect("]");
      type = new Type.ListOf(type);
    }
    return type;
  }

  private Type unsuffixed(int depth) {
    String name = word();
    return switch (name) {
      case "struct", "row" -> new Type.Struct(fields(depth));
      case "map" -> map(depth);
      case "decimal", "numeric" -> decimal();
      case "timestamp", "time" -> withZone(name);
      default -> named(name);
    };
  }

  private Type named(String name) {
    Type type = NAMES.get(name);
    if (type == null) {
      at = Math.max(0, at - name.length());
      throw wrong();
    }
    skipArguments();
    return type;
  }

  private Type withZone(String name) {
    int mark = at;
    skipArguments();
    if (word().equals("with") && word().equals("time") && word().equals("zone")) {
      return name.equals("time") ? Primitive.VARCHAR : Primitive.TIMESTAMPTZ;
    }
    at = mark;
    return named(name);
  }

  private Type decimal() {
    if (!take("(")) {
      return new Type.Decimal(18, 3);
    }
    int precision = number();
    int scale = take(",") ? number() : 0;
    expect(")");
    return new Type.Decimal(precision, scale);
  }

  private Type map(int depth) {
    expect("(");
    Type key = type(depth + 1);
    expect(",");
    Type value = type(depth + 1);
    expect(")");
    return new Type.MapOf(key, value);
  }

  private List<Column> fields(int depth) {
    List<Column> fields = new ArrayList<>();
    expect("(");
    do {
      String name = fieldName();
      fields.add(Column.of(name, type(depth + 1)));
    } while (take(","));
    expect(")");
    return fields;
  }

  private String fieldName() {
    skipSpace();
    if (at < text.length() && text.charAt(at) == '"') {
      return quoted('"');
    }
    int from = at;
    while (at < text.length()
        && !Character.isWhitespace(text.charAt(at))
        && "(),[]".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    if (from == at) {
      throw wrong();
    }
    return text.substring(from, at);
  }

  private String quoted(char mark) {
    StringBuilder name = new StringBuilder();
    at++;
    while (at < text.length()) {
      char next = text.charAt(at++);
      if (next != mark) {
        name.append(next);
      } else if (at < text.length() && text.charAt(at) == mark) {
        name.append(mark);
        at++;
      } else {
        return name.toString();
      }
    }
    throw wrong();
  }

  private String word() {
    skipSpace();
    int from = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "_\"".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    return text.substring(from, at).toLowerCase(Locale.ROOT);
  }

  private int number() {
    skipSpace();
    int from = at;
    while (at < text.length() && Character.isDigit(text.charAt(at))) {
      at++;
    }
    if (from == at || at - from > 3) {
      throw wrong();
    }
    return Integer.parseInt(text.substring(from, at));
  }

  /// Lengths of `varchar(10)` and the values of an enum do not change what is stored.
  private void skipArguments() {
    if (!take("(")) {
      return;
    }
    for (int depth = 1; depth > 0; ) {
      if (at >= text.length()) {
        throw wrong();
      }
      char next = text.charAt(at);
      if (next == '\'') {
        quoted('\'');
      } else {
        depth += next == '(' ? 1 : next == ')' ? -1 : 0;
        at++;
      }
    }
  }

  private boolean take(String mark) {
    skipSpace();
    if (text.startsWith(mark, at)) {
      at += mark.length();
      return true;
    }
    return false;
  }

  private void expect(String mark) {
    if (!take(mark)) {
      throw wrong();
    }
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private Failure wrong() {
    String word = text.substring(Math.min(at, text.length()));
    String fix =
        Suggestions.nearest(word, NAMES.keySet())
            .map(name -> "did you mean '" + name + "'?")
            .orElse(
                "types are such as bigint, decimal(12,2), varchar, timestamp, date, boolean, varchar[], struct(a bigint)");
    return Failure.input("'" + text + "' is not a type", fix);
  }
}
