package dev.tarn.sql.tree;

import dev.tarn.vocabulary.Location;
import java.nio.charset.StandardCharsets;

/// The text of a query, and the line and column of each place in it.
public final class SqlText {
  private final String text;
  private final byte[] utf8;

  public SqlText(String text) {
    this.text = text;
    this.utf8 = text.getBytes(StandardCharsets.UTF_8);
  }

  public String text() {
    return text;
  }

  public int bytes() {
    return utf8.length;
  }

  /// Where a node begins; the start of the text when the parser did not say.
  public Location at(Origin origin) {
    return atByte(origin.offset());
  }

  /// The place `offset` bytes into the text. Lines and columns count from 1, columns in characters
  /// as an editor shows them.
  public Location atByte(int offset) {
    int end = Math.clamp(offset, 0, utf8.length);
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < end; i++) {
      if (utf8[i] == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    String before = new String(utf8, lineStart, end - lineStart, StandardCharsets.UTF_8);
    return new Location("", line, before.codePointCount(0, before.length()) + 1);
  }

  /// The place of the character at `index`.
  public Location atCharacter(int index) {
    return atByte(text.substring(0, index).getBytes(StandardCharsets.UTF_8).length);
  }
}
