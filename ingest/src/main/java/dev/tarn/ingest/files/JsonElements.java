package dev.tarn.ingest.files;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Takes a JSON document apart into its rows, one a line: the elements of its list, or of the list
/// at the end of a way of names, or the objects that follow one another. Only one row is held. What
/// is wrong within a row stays in it for whoever reads the row.
final class JsonElements {
  private static final int CHUNK = 1 << 18;
  private static final int NOTHING = -1;

  private final InputStream in;
  private final OutputStream out;
  private final long longest;
  private int ahead;
  private long elements;

  JsonElements(InputStream in, OutputStream out, long longest) throws IOException {
    this.in = in;
    this.out = out;
    this.longest = longest;
    this.ahead = in.read();
    if (ahead == 0xEF) {
      in.skipNBytes(2);
      ahead = in.read();
    }
  }

  /// Writes the rows of a file; tells what is wrong with the document around them, if anything is.
  static Optional<String> write(Path file, Path target, List<String> way, long longest)
      throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), CHUNK);
        OutputStream out = new java.io.BufferedOutputStream(Files.newOutputStream(target), CHUNK)) {
      return new JsonElements(in, out, longest).rows(way);
    }
  }

  private Optional<String> rows(List<String> way) throws IOException {
    skipSpace();
    if (ahead == NOTHING) {
      return Optional.empty();
    }
    for (String name : way) {
      if (!enter(name)) {
        return Optional.of("there is no list at '" + String.join(".", way) + "'");
      }
    }
    if (ahead == '[') {
      return list();
    }
    if (!way.isEmpty() && ahead != '{') {
      return Optional.of("there is no list at '" + String.join(".", way) + "'");
    }
    do {
      element();
      skipSpace();
    } while (way.isEmpty() && ahead != NOTHING);
    return Optional.empty();
  }

  /// Goes to the value of a key of the object that begins here.
  private boolean enter(String name) throws IOException {
    skipSpace();
    if (ahead != '{') {
      return false;
    }
    ahead = in.read();
    while (true) {
      skipSpace();
      if (ahead != '"') {
        return false;
      }
      ByteArrayOutputStream key = new ByteArrayOutputStream();
      value(key);
      skipSpace();
      if (ahead != ':') {
        return false;
      }
      ahead = in.read();
      skipSpace();
      String raw = key.toString(StandardCharsets.UTF_8);
      if (raw.length() >= 2
          && JsonStrings.unescaped(raw.substring(1, raw.length() - 1)).equals(name)) {
        return true;
      }
      value(new ByteArrayOutputStream());
      skipSpace();
      if (ahead != ',') {
        return false;
      }
      ahead = in.read();
    }
  }

  private Optional<String> list() throws IOException {
    ahead = in.read();
    skipSpace();
    if (ahead == ']') {
      return Optional.empty();
    }
    while (true) {
      skipSpace();
      element();
      skipSpace();
      if (ahead == ']') {
        return Optional.empty();
      }
      if (ahead == NOTHING) {
        return Optional.of(
            "the JSON is cut off after element " + elements + ": its list is not closed");
      }
      if (ahead != ',') {
        return Optional.of(
            "a comma is missing after element " + elements + ": the rest of the file is not read");
      }
      ahead = in.read();
    }
  }

  private void element() throws IOException {
    elements++;
    Row row = new Row();
    int before = ahead;
    value(row);
    if (ahead == before && row.size() == 0) {
      row.write(ahead);
      ahead = in.read();
    }
    row.writeTo(out);
    out.write('\n');
  }

  /// Copies one value, whatever it is, without line ends.
  private void value(ByteArrayOutputStream to) throws IOException {
    int depth = 0;
    do {
      if (ahead == '"') {
        string(to);
      } else {
        depth += ahead == '{' || ahead == '[' ? 1 : ahead == '}' || ahead == ']' ? -1 : 0;
        if (depth < 0 || ahead == NOTHING) {
          return;
        }
        to.write(ahead == '\n' || ahead == '\r' ? ' ' : ahead);
        boolean closed = ahead == '}' || ahead == ']';
        ahead = in.read();
        if (depth == 0 && !closed && !endsWord()) {
          continue;
        }
      }
    } while (depth > 0 || !endsWord());
  }

  private boolean endsWord() {
    return ahead == NOTHING
        || ahead == ','
        || ahead == ':'
        || ahead <= ' '
        || "]}[{\"".indexOf(ahead) >= 0;
  }

  private void string(ByteArrayOutputStream to) throws IOException {
    to.write(ahead);
    ahead = in.read();
    while (ahead != NOTHING && ahead != '"') {
      if (ahead == '\\') {
        to.write(ahead);
        ahead = in.read();
      }
      if (ahead != NOTHING) {
        // A line end within a text is wrong, and stays wrong as another control character.
        to.write(ahead == '\n' || ahead == '\r' ? 1 : ahead);
        ahead = in.read();
      }
    }
    if (ahead == '"') {
      to.write(ahead);
      ahead = in.read();
    }
  }

  private void skipSpace() throws IOException {
    while (ahead == ' ' || ahead == '\n' || ahead == '\r' || ahead == '\t') {
      ahead = in.read();
    }
  }

  /// Holds no more than a row may have, and one byte to tell that there was more.
  private final class Row extends ByteArrayOutputStream {
    @Override
    public synchronized void write(int b) {
      if (size() <= longest) {
        super.write(b);
      }
    }
  }
}
