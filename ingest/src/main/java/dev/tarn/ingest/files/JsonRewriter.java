package dev.tarn.ingest.files;

import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Type;
import dev.tarn.vocabulary.Type.Primitive;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes a well-formed JSON object anew so that the engine reads it as we mean it: on one line,
/// keys as the table calls them, and what is to be text as text, exactly as it stood.
final class JsonRewriter {
  private static final int NEAR = 4;

  private final OutputStream out;

  /// What is worked out once per field of the document.
  private final Map<JsonShape, Slot> slots = new IdentityHashMap<>();

  private byte[] bytes = new byte[0];
  private int end;
  private int at;

  JsonRewriter(OutputStream out) {
    this.out = out;
  }

  void object(byte[] text, int from, int to, List<Column> columns, JsonShape shape)
      throws IOException {
    bytes = text;
    at = from;
    end = to;
    skipSpace();
    object(columns, shape, true);
    out.write('\n');
  }

  private void object(List<Column> columns, JsonShape shape, boolean atRoot) throws IOException {
    out.write('{');
    at++;
    skipSpace();
    int expected = 0;
    boolean first = true;
    while (bytes[at] != '}') {
      int from = at + 1;
      skipString();
      int index = near(shape, expected, from, at - 1);
      JsonShape field = index >= 0 ? shape.fieldAt(index) : shape.field(key(from), atRoot);
      expected = index >= 0 ? index + 1 : expected;
      Slot slot = slots.computeIfAbsent(field, one -> slot(columns, one));
      if (!first) {
        out.write(',');
      }
      out.write(slot.key);
      first = false;
      skipSpace();
      at++;
      skipSpace();
      value(slot.type, field);
      skipSpace();
      if (bytes[at] == ',') {
        at++;
        skipSpace();
      }
    }
    at++;
    out.write('}');
  }

  /// Objects of one kind mostly have their keys in one order: the next is looked for where it was
  /// last time.
  private int near(JsonShape shape, int expected, int from, int to) {
    int most = Math.min(shape.fieldCount(), expected + NEAR);
    for (int i = expected; i < most; i++) {
      if (shape.fieldAt(i).isCalled(bytes, from, to)) {
        return i;
      }
    }
    return -1;
  }

  private String key(int from) {
    return JsonStrings.unescaped(new String(bytes, from, at - 1 - from, StandardCharsets.UTF_8));
  }

  private static Slot slot(List<Column> columns, JsonShape field) {
    Optional<Column> column =
        columns.stream()
            .filter(candidate -> candidate.name().equalsIgnoreCase(field.name()))
            .findFirst();
    String key = JsonText.quoted(column.map(Column::name).orElse(field.name())) + ":";
    return new Slot(key.getBytes(StandardCharsets.UTF_8), column.map(Column::type));
  }

  private void value(Optional<Type> type, JsonShape shape) throws IOException {
    int from = at;
    switch (bytes[at]) {
      case '"' -> copy(from);
      case 'n' -> copy(from);
      case '{' -> {
        if (type.isPresent() && type.get() instanceof Type.Struct(List<Column> columns)) {
          object(columns, shape, false);
        } else {
          copyAs(type, from);
        }
      }
      case '[' -> {
        if (type.isPresent() && type.get() instanceof Type.ListOf(Type element)) {
          list(element, shape);
        } else {
          copyAs(type, from);
        }
      }
      default -> copyAs(type, from);
    }
  }

  private void list(Type element, JsonShape shape) throws IOException {
    out.write('[');
    at++;
    skipSpace();
    while (bytes[at] != ']') {
      value(Optional.of(element), shape.element());
      skipSpace();
      if (bytes[at] == ',') {
        out.write(',');
        at++;
        skipSpace();
      }
    }
    at++;
    out.write(']');
  }

  private void copyAs(Optional<Type> type, int from) throws IOException {
    if (type.isPresent() && type.get() == Primitive.VARCHAR) {
      skipValue();
      String stood = new String(bytes, from, at - from, StandardCharsets.UTF_8);
      out.write(JsonText.quoted(stood).getBytes(StandardCharsets.UTF_8));
    } else {
      copy(from);
    }
  }

  /// Line ends between tokens become spaces: the object is to stand on one line.
  private void copy(int from) throws IOException {
    skipValue();
    for (int i = from; i < at; i++) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        bytes[i] = ' ';
      }
    }
    out.write(bytes, from, at - from);
  }

  private void skipValue() {
    if (bytes[at] == '"') {
      skipString();
      return;
    }
    int depth = 0;
    do {
      byte b = bytes[at];
      if (b == '"') {
        skipString();
        continue;
      }
      if (b == '{' || b == '[') {
        depth++;
      } else if (b == '}' || b == ']') {
        depth--;
      }
      at++;
    } while (at < end && (depth > 0 || isWithinToken()));
  }

  private boolean isWithinToken() {
    byte before = bytes[at - 1];
    byte b = bytes[at];
    return before != '}'
        && before != ']'
        && before != '"'
        && b != ','
        && b != '}'
        && b != ']'
        && b > ' ';
  }

  private void skipString() {
    at++;
    while (bytes[at] != '"') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    at++;
  }

  private void skipSpace() {
    while (at < end
        && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
      at++;
    }
  }

  /// @param key as it is written, with its colon
  private record Slot(byte[] key, Optional<Type> type) {}
}
