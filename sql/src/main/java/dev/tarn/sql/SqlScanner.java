package dev.tarn.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Splits SQL text into its tokens, as far as is needed to say where a statement begins and how
/// deep it is nested.
final class SqlScanner {

  /// @param start the index of its first character
  /// @param word true for a bare word: a keyword or a name without quotes
  /// @param depth how many brackets were open before it
  record Token(String text, int start, boolean word, int depth) {
    boolean is(String keyword) {
      return word && text.equalsIgnoreCase(keyword);
    }

    String keyword() {
      return text.toUpperCase(Locale.ROOT);
    }
  }

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int position;
  private int depth;
  private int deepest;

  private SqlScanner(String text) {
    this.text = text;
  }

  static SqlScanner scan(String text) {
    SqlScanner scanner = new SqlScanner(text);
    while (scanner.position < text.length()) {
      scanner.step();
    }
    return scanner;
  }

  /// All tokens but white space and comments.
  List<Token> tokens() {
    return tokens;
  }

  /// The most brackets that are open at once.
  int deepest() {
    return deepest;
  }

  private void step() {
    char c = text.charAt(position);
    if (isSpace(c)) {
      position++;
    } else if (text.startsWith("--", position)) {
      position = after("\n", position + 2);
    } else if (text.startsWith("/*", position)) {
      skipComment();
    } else {
      int start = position;
      boolean word = isWordStart(c);
      int end = word ? endOfWord() : endOfOther(c);
      tokens.add(new Token(text.substring(start, end), start, word, depth));
      bracket(c);
      position = end;
    }
  }

  private void bracket(char c) {
    if (c == '(' || c == '[' || c == '{') {
      deepest = Math.max(deepest, ++depth);
    } else if (c == ')' || c == ']' || c == '}') {
      depth = Math.max(0, depth - 1);
    }
  }

  private int endOfOther(char c) {
    return switch (c) {
      case '\'' -> endOfQuoted(position + 1, c, false);
      case '"' -> endOfQuoted(position + 1, c, false);
      case '$' -> endOfDollarQuoted();
      default -> position + 1;
    };
  }

  private int endOfWord() {
    int end = position + 1;
    while (end < text.length() && isWordPart(text.charAt(end))) {
      end++;
    }
    boolean escapes = end - position == 1 && (text.charAt(position) | 0x20) == 'e';
    return escapes && end < text.length() && text.charAt(end) == '\''
        ? endOfQuoted(end + 1, '\'', true)
        : end;
  }

  private int endOfQuoted(int from, char quote, boolean escapes) {
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (escapes && c == '\\') {
        at += 2;
      } else if (c != quote) {
        at++;
      } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
        at += 2;
      } else {
        return at + 1;
      }
    }
    return text.length();
  }

  /// `$$…$$` and `$tag$…$tag$`; a lone `$` begins a parameter.
  private int endOfDollarQuoted() {
    int end = position + 1;
    while (end < text.length() && isWordPart(text.charAt(end)) && text.charAt(end) != '$') {
      end++;
    }
    if (end >= text.length() || text.charAt(end) != '$') {
      return position + 1;
    }
    return after(text.substring(position, end + 1), end + 1);
  }

  private void skipComment() {
    int open = 1;
    position += 2;
    while (position < text.length() && open > 0) {
      if (text.startsWith("*/", position)) {
        open--;
        position += 2;
      } else if (text.startsWith("/*", position)) {
        open++;
        position += 2;
      } else {
        position++;
      }
    }
  }

  private int after(String mark, int from) {
    int found = text.indexOf(mark, from);
    return found < 0 ? text.length() : found + mark.length();
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == BYTE_ORDER_MARK;
  }

  private static boolean isWordStart(char c) {
    return Character.isLetter(c) || c == '_' || c >= 0x80;
  }

  private static boolean isWordPart(char c) {
    return isWordStart(c) || Character.isDigit(c) || c == '$';
  }
}
