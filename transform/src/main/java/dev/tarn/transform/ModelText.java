package dev.tarn.transform;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import java.util.List;

/// A model file taken apart: the settings in its leading comment, and the SQL.
///
/// @param settings the text between `/*` and `*/` when it holds keys; else empty
/// @param settingsLine how many lines stand above the settings
/// @param sql the whole file with the settings blanked out, so that lines and columns stay as in
///   the file
public record ModelText(String settings, int settingsLine, String sql) {

  /// Takes a file apart. A leading comment whose first words are no `key:` is just a comment.
  ///
  /// @throws Failure when the leading comment has no end; the file is the caller's to add
  public static ModelText of(String file) {
    String text = file.startsWith("\uFEFF") ? file.substring(1) : file;
    int start = firstVisible(text);
    if (!text.startsWith("/*", start)) {
      return new ModelText("", 0, text);
    }
    int end = text.indexOf("*/", start + 2);
    if (end < 0) {
      throw new Failure(
          Remedy.FIX_INPUT,
          List.of(
              Problem.at(
                  new Location("", lines(text, start) + 1, column(text, start)),
                  "the comment that begins here has no end",
                  "close it with */")));
    }
    String comment = text.substring(start + 2, end);
    if (!looksLikeSettings(comment)) {
      return new ModelText("", 0, text);
    }
    return new ModelText(comment, lines(text, start), blank(text, start, end + 2));
  }

  private static int lines(String text, int end) {
    return (int) text.substring(0, end).chars().filter(c -> c == '\n').count();
  }

  private static int column(String text, int at) {
    return at - text.lastIndexOf('\n', at - 1);
  }

  /// Where the first thing stands that is neither blank nor a comment of one line: a licence or the
  /// file's name may stand above the settings.
  private static int firstVisible(String text) {
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("--", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else {
        return at;
      }
    }
    return at;
  }

  private static boolean looksLikeSettings(String comment) {
    return comment.strip().matches("(?s)[A-Za-z_][A-Za-z0-9_]*\\s*:(\\s.*)?");
  }

  private static String blank(String text, int from, int to) {
    StringBuilder blanked = new StringBuilder(text);
    for (int i = from; i < to; i++) {
      if (text.charAt(i) != '\n' && text.charAt(i) != '\r') {
        blanked.setCharAt(i, ' ');
      }
    }
    return blanked.toString();
  }
}
