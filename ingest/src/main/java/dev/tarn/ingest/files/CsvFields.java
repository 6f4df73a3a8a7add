package dev.tarn.ingest.files;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Takes a well-formed CSV record apart.
final class CsvFields {
  private final byte[] buffer;
  private final int end;
  private final int delimiter;
  private final int quote;
  private final int escape;

  CsvFields(byte[] buffer, int end, CsvDialect dialect) {
    this.buffer = buffer;
    this.end = end;
    this.delimiter = dialect.delimiter();
    this.quote = dialect.quote().map(c -> (int) c).orElse(-1);
    this.escape = dialect.escape().map(c -> (int) c).orElse(quote);
  }

  /// One value; an unquoted one may mean "no value".
  record Field(String text, boolean quoted) {}

  List<Field> from(int start) {
    List<Field> values = new ArrayList<>();
    int i = start;
    do {
      int from = i;
      if (i < end && buffer[i] == quote) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        i = delimiterFrom(quoted(i + 1, text));
        values.add(new Field(text.toString(StandardCharsets.UTF_8), true));
      } else {
        i = delimiterFrom(i);
        values.add(new Field(new String(buffer, from, i - from, StandardCharsets.UTF_8), false));
      }
      i++;
    } while (i <= end);
    return values;
  }

  /// Copies a quoted field's inside; gives the place of its closing quote.
  private int quoted(int from, ByteArrayOutputStream text) {
    int i = from;
    while (i < end) {
      boolean pair = i + 1 < end && (buffer[i + 1] == quote || buffer[i + 1] == escape);
      boolean escapes = buffer[i] == escape && pair;
      if (buffer[i] == quote && !escapes) {
        return i;
      }
      text.write(buffer[escapes ? i + 1 : i]);
      i += escapes ? 2 : 1;
    }
    return i;
  }

  private int delimiterFrom(int from) {
    int i = from;
    while (i < end && buffer[i] != delimiter) {
      i++;
    }
    return i;
  }
}
