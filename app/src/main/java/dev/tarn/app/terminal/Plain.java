package dev.tarn.app.terminal;

/// Text from data made safe to show: no control characters, so that a value can't move the cursor,
/// forge a line or colour the screen.
public final class Plain {

  private Plain() {}

  /// One line; tabs and line ends are shown as `\t` and `\n`.
  public static String line(String text) {
    return clean(text, false);
  }

  /// Several lines; line ends stay.
  public static String lines(String text) {
    return clean(text, true);
  }

  private static String clean(String text, boolean keepLineEnds) {
    if (text.codePoints().noneMatch(Plain::unsafe)) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(code -> {
          if (code == '\n' && keepLineEnds || !unsafe(code)) {
            clean.appendCodePoint(code);
          } else {
            clean.append(shown(code));
          }
        });
    return clean.toString();
  }

  private static boolean unsafe(int code) {
    int kind = Character.getType(code);
    return Character.isISOControl(code)
        || kind == Character.FORMAT
        || kind == Character.LINE_SEPARATOR;
  }

  private static String shown(int code) {
    return switch (code) {
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      case '\r' -> "\\r";
      default -> String.format("\\u%04x", code);
    };
  }
}
