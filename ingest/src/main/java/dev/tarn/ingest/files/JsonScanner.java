package dev.tarn.ingest.files;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads one JSON document (RFC 8259) strictly and notes its shape, without making objects of it.
final class JsonScanner {
  private static final int DEEPEST = 500;
  private static final int LONGEST_KEY = 10_000;
  private static final int EXACT_DIGITS = 17;
  private static final int EXACT_EXPONENT = 300;
  private static final int NEAR = 4;
  private static final long QUOTES = EightBytes.all('"');
  private static final long ESCAPES = EightBytes.all('\\');
  private static final long CONTROLS = EightBytes.all(' ');

  private byte[] bytes = new byte[0];
  private int end;
  private int at;
  private long serial;
  private int made;
  private int weight = 1;
  private boolean lasting;

  /// What is wrong with a document and where.
  private static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Wrong(String what) {
      super(what, null, false, false);
    }
  }

  /// Reads the object between two places into `shape`. Tells what is wrong, if anything is; the
  /// shape is then as it was before, but for what [#lasting] tells.
  Optional<String> object(byte[] text, int from, int to, JsonShape shape) {
    Optional<String> wrong = read(text, from, to, shape);
    if (wrong.isPresent()) {
      // It goes wrong at the same place once more: what was noted until there is taken back.
      weight = -1;
      read(text, from, to, shape);
      weight = 1;
    }
    return wrong;
  }

  /// Whether an object with something wrong in it left a mark on the shape that was not taken back:
  /// a new key, or a large number.
  boolean lasting() {
    return lasting;
  }

  private Optional<String> read(byte[] text, int from, int to, JsonShape shape) {
    bytes = text;
    at = from;
    end = to;
    int before = made;
    try {
      skipSpace();
      if (at >= end || bytes[at] != '{') {
        return Optional.of("it is not a JSON object");
      }
      object(shape, 1, true);
      skipSpace();
      if (at >= end) {
        return Optional.empty();
      }
      lasting |= made > before;
      return Optional.of("there is more after the JSON object, at byte " + (at - from + 1));
    } catch (Wrong e) {
      lasting |= made > before;
      return Optional.of(e.getMessage() + ", at byte " + (at - from + 1));
    }
  }

  private void value(JsonShape shape, int depth) {
    skipSpace();
    if (at >= end) {
      throw new Wrong("the JSON is cut off");
    }
    switch (bytes[at]) {
      case '{' -> object(shape, depth, false);
      case '[' -> list(shape, depth);
      case '"' -> {
        string();
        shape.sawText(weight);
      }
      case 't' -> {
        word("true");
        shape.sawBoolean(weight);
      }
      case 'f' -> {
        word("false");
        shape.sawBoolean(weight);
      }
      case 'n' -> word("null");
      default -> number(shape);
    }
  }

  private void object(JsonShape shape, int depth, boolean atRoot) {
    deeper(depth);
    shape.sawObject(weight);
    long mine = ++serial;
    at++;
    skipSpace();
    if (at < end && bytes[at] == '}') {
      at++;
      return;
    }
    int expected = 0;
    while (true) {
      skipSpace();
      if (at >= end || bytes[at] != '"') {
        throw new Wrong(at >= end ? "the JSON is cut off" : "a key is missing");
      }
      int index = near(shape, expected);
      JsonShape field = index >= 0 ? shape.fieldAt(index) : named(shape, atRoot);
      expected = index >= 0 ? index + 1 : expected;
      if (field.seen == mine) {
        throw new Wrong("the key '" + field.name() + "' is there twice");
      }
      field.seen = mine;
      skipSpace();
      if (at >= end || bytes[at] != ':') {
        throw new Wrong(at >= end ? "the JSON is cut off" : "a colon is missing");
      }
      at++;
      value(field, depth + 1);
      if (endsAfter('}')) {
        return;
      }
    }
  }

  /// Objects of one kind mostly have their keys in one order: the next is looked for where it was
  /// last time, and passed over.
  private int near(JsonShape shape, int expected) {
    int most = Math.min(shape.fieldCount(), expected + NEAR);
    for (int i = expected; i < most; i++) {
      int passed = shape.fieldAt(i).passedAt(bytes, at, end);
      if (passed > 0) {
        at = passed;
        return i;
      }
    }
    return -1;
  }

  private JsonShape named(JsonShape shape, boolean atRoot) {
    int from = at + 1;
    boolean escaped = string();
    int known = shape.spellings();
    JsonShape field = shape.field(key(from, at - 1, escaped), atRoot);
    made += shape.spellings() - known;
    return field;
  }

  private String key(int from, int to, boolean escaped) {
    if (to - from > LONGEST_KEY) {
      throw new Wrong("a key is longer than " + LONGEST_KEY + " bytes");
    }
    String raw = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    return escaped ? JsonStrings.unescaped(raw) : raw;
  }

  private void list(JsonShape shape, int depth) {
    deeper(depth);
    shape.sawList(weight);
    at++;
    skipSpace();
    if (at < end && bytes[at] == ']') {
      at++;
      return;
    }
    do {
      value(shape.element(), depth + 1);
    } while (!endsAfter(']'));
  }

  private boolean endsAfter(char close) {
    skipSpace();
    if (at >= end) {
      throw new Wrong("the JSON is cut off");
    }
    byte b = bytes[at];
    if (b != ',' && b != close) {
      throw new Wrong("a comma or '" + close + "' is missing");
    }
    at++;
    return b == close;
  }

  private static void deeper(int depth) {
    if (depth > DEEPEST) {
      throw new Wrong("it is nested more than " + DEEPEST + " deep");
    }
  }

  /// Passes over a string; true when it has escapes.
  private boolean string() {
    boolean escaped = false;
    int i = overText(at + 1);
    while (i < end) {
      byte b = bytes[i];
      if (b == '"') {
        at = i + 1;
        return escaped;
      }
      if (b == '\\') {
        escaped = true;
        i = overText(escape(i));
      } else if (b >= 0 && b < ' ') {
        at = i;
        throw new Wrong("a text has a control character");
      } else {
        i++;
      }
    }
    at = end;
    throw new Wrong("the JSON is cut off in a text");
  }

  /// Passes over ordinary characters eight bytes at a time, as far as that goes.
  private int overText(int from) {
    int i = from;
    while (i + EightBytes.SIZE <= end) {
      long word = EightBytes.at(bytes, i);
      long stops =
          EightBytes.is(word, QUOTES)
              | EightBytes.is(word, ESCAPES)
              | EightBytes.below(word, CONTROLS);
      if (stops != 0) {
        return i + EightBytes.first(stops);
      }
      i += EightBytes.SIZE;
    }
    return i;
  }

  private int escape(int i) {
    byte b = i + 1 < end ? bytes[i + 1] : 0;
    if ("\"\\/bfnrt".indexOf(b) >= 0 && b != 0) {
      return i + 2;
    }
    int unit = b == 'u' ? hex(i + 2) : -1;
    at = i;
    if (unit < 0) {
      throw new Wrong("a text has an escape that is none");
    }
    if (Character.isHighSurrogate((char) unit)) {
      boolean paired = i + 7 < end && bytes[i + 6] == '\\' && bytes[i + 7] == 'u';
      int low = paired ? hex(i + 8) : -1;
      if (low < 0 || !Character.isLowSurrogate((char) low)) {
        throw new Wrong("a text has half a character (a lone surrogate)");
      }
      return i + 12;
    }
    if (Character.isLowSurrogate((char) unit)) {
      throw new Wrong("a text has half a character (a lone surrogate)");
    }
    return i + 6;
  }

  private int hex(int from) {
    if (from + 4 > end) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    return value;
  }

  private void number(JsonShape shape) {
    int from = at;
    if (bytes[at] == '-') {
      at++;
    }
    int whole = at;
    digits();
    if (at == whole || bytes[whole] == '0' && at > whole + 1) {
      at = from;
      throw new Wrong("a value is neither text, number, true, false, null, object nor list");
    }
    int wholeDigits = at - whole;
    boolean fraction = false;
    int digits = wholeDigits;
    if (at < end && bytes[at] == '.') {
      fraction = true;
      int start = ++at;
      digits();
      digits += at - start;
      mustHave(at > start);
    }
    int exponent = 0;
    if (at < end && (bytes[at] == 'e' || bytes[at] == 'E')) {
      fraction = true;
      exponent = exponent();
    }
    if (!fraction) {
      integer(shape, from, wholeDigits);
    } else if (digits > EXACT_DIGITS + leadingZeros(whole) || exponent > EXACT_EXPONENT) {
      shape.sawUnwieldy(weight);
    } else {
      shape.sawFraction(weight);
    }
  }

  private int leadingZeros(int whole) {
    int zeros = 0;
    for (int i = whole; i < at && (bytes[i] == '0' || bytes[i] == '.'); i++) {
      zeros += bytes[i] == '0' ? 1 : 0;
    }
    return zeros;
  }

  private int exponent() {
    at++;
    if (at < end && (bytes[at] == '+' || bytes[at] == '-')) {
      at++;
    }
    int start = at;
    digits();
    mustHave(at > start);
    return at - start > 3
        ? Integer.MAX_VALUE
        : Integer.parseInt(new String(bytes, start, at - start, StandardCharsets.US_ASCII));
  }

  private void integer(JsonShape shape, int from, int wholeDigits) {
    if (wholeDigits > 18) {
      try {
        sawInteger(
            shape, Long.parseLong(new String(bytes, from, at - from, StandardCharsets.US_ASCII)));
      } catch (NumberFormatException _) {
        shape.sawUnwieldy(weight);
      }
      return;
    }
    long value = 0;
    for (int i = at - wholeDigits; i < at; i++) {
      value = value * 10 + bytes[i] - '0';
    }
    sawInteger(shape, value);
  }

  private void sawInteger(JsonShape shape, long value) {
    lasting |= weight < 0 && JsonShape.isLarge(value);
    shape.sawInteger(value, weight);
  }

  private void digits() {
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
  }

  private static void mustHave(boolean digits) {
    if (!digits) {
      throw new Wrong("a number lacks digits");
    }
  }

  private void word(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (at + i >= end || bytes[at + i] != word.charAt(i)) {
        throw new Wrong("a value is neither text, number, true, false, null, object nor list");
      }
    }
    at += word.length();
  }

  private void skipSpace() {
    while (at < end
        && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
      at++;
    }
  }
}
