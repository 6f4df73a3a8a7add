package dev.tarn.sql.tree;

import dev.tarn.vocabulary.Location;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The text of a query, and the line and column of each place in it.
public final class SqlText {
  private static final int CONTINUATION_MASK = 0xC0;
  private static final int CONTINUATION = 0x80;

  private final String text;
  private final int[] charactersBefore;
  private final int[] lineStarts;

  public SqlText(String text) {
    this.text = text;
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    this.charactersBefore = charactersBefore(utf8);
    this.lineStarts = lineStarts(utf8);
  }

  /// For each byte, and the end, how many characters begin before it.
  private static int[] charactersBefore(byte[] utf8) {
    int[] before = new int[utf8.length + 1];
    for (int i = 0; i < utf8.length; i++) {
      boolean begins = (utf8[i] & CONTINUATION_MASK) != CONTINUATION;
      before[i + 1] = before[i] + (begins ? 1 : 0);
    }
    return before;
  }

  private static int[] lineStarts(byte[] utf8) {
    int[] starts = new int[utf8.length + 1];
    int count = 1;
    for (int i = 0; i < utf8.length; i++) {
      if (utf8[i] == '\n') {
        starts[count++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, count);
  }

  public String text() {
    return text;
  }

  public int bytes() {
    return charactersBefore.length - 1;
  }

  /// Where a node begins; the start of the text when the parser did not say.
  public Location at(Origin origin) {
    return atByte(origin.offset());
  }

  /// The place `offset` bytes into the text. Lines and columns count from 1, columns in characters
  /// as an editor shows them.
  public Location atByte(int offset) {
    int at = Math.clamp(offset, 0, bytes());
    int found = Arrays.binarySearch(lineStarts, at);
    int line = found >= 0 ? found : -found - 2;
    int column = charactersBefore[at] - charactersBefore[lineStarts[line]];
    return new Location("", line + 1, column + 1);
  }

  /// The place of the character at `index`.
  public Location atCharacter(int index) {
    return atByte(text.substring(0, index).getBytes(StandardCharsets.UTF_8).length);
  }
}
