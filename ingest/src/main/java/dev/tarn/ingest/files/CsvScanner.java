package dev.tarn.ingest.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Walks over the records of a CSV file and judges each, so that nothing is left to how lenient a
/// reader is. After a quote that goes wrong only the one line is given up and reading goes on with
/// the next. At most one record is held.
final class CsvScanner implements AutoCloseable {
  private static final int FIRST_BUFFER = 1 << 18;
  private static final byte PLAIN = 0;
  private static final byte DELIMITER = 1;
  private static final byte LINE_FEED = 2;
  private static final byte RETURN = 3;
  private static final byte QUOTE = 4;
  private static final byte NUL = 5;
  private static final byte HIGH = 6;
  private static final int MORE = -1;
  private static final int BROKEN = -2;

  private final InputStream in;
  private final CsvDialect dialect;
  private final int longest;
  private final byte[] kinds = new byte[256];
  private final int quote;
  private final int escape;
  private final int comment;
  private byte[] buffer = new byte[FIRST_BUFFER];
  private int limit;
  private boolean ended;
  private int at;
  private long line = 1;
  private long nextLine = 1;

  private int start;
  private int end;
  private int fields;
  private int breaks;
  private boolean odd;
  private boolean nul;
  private boolean wide;
  private long bytes;
  private String fault = "";
  private LineEnd lineEnd = LineEnd.NONE;
  private LineEnd firstLineEnd = LineEnd.NONE;

  CsvScanner(InputStream in, CsvDialect dialect, long longest) throws IOException {
    this.in = in;
    this.dialect = dialect;
    this.longest = (int) longest;
    this.quote = dialect.quote().map(c -> (int) c).orElse(-1);
    this.escape = dialect.escape().map(c -> (int) c).orElse(quote);
    this.comment = dialect.comment().map(c -> (int) c).orElse(-1);
    Arrays.fill(kinds, 128, 256, HIGH);
    kinds[dialect.delimiter()] = DELIMITER;
    kinds['\n'] = LINE_FEED;
    kinds['\r'] = RETURN;
    kinds[0] = NUL;
    if (quote >= 0) {
      kinds[quote] = QUOTE;
    }
    fill();
    boolean marked =
        limit >= 3
            && (buffer[0] & 255) == 0xEF
            && (buffer[1] & 255) == 0xBB
            && (buffer[2] & 255) == 0xBF;
    at = marked ? 3 : 0;
  }

  /// Goes to the next record; false after the last.
  boolean next() throws IOException {
    line = nextLine;
    while (true) {
      if (at >= limit && ended) {
        return false;
      }
      start = at;
      int following = scan();
      if (following >= 0) {
        return found(following);
      }
      if (!more()) {
        return hasLineEnd() ? found(brokenLine()) : overlong();
      }
    }
  }

  /// Passes over one physical line, whatever is in it.
  boolean skipLine() throws IOException {
    while (true) {
      if (at >= limit && ended) {
        return false;
      }
      start = at;
      int stop = lineEndFrom(at);
      if (wholeLine(stop)) {
        at = afterLineEnd(stop);
        nextLine++;
        return true;
      }
      if (!more()) {
        return overlong();
      }
    }
  }

  private boolean found(int following) {
    at = following;
    bytes = end - start;
    nextLine = line + breaks + 1;
    if (firstLineEnd == LineEnd.NONE) {
      firstLineEnd = lineEnd;
    } else if (lineEnd != LineEnd.NONE && lineEnd != firstLineEnd) {
      odd = true;
    }
    return true;
  }

  private int scan() {
    fields = 1;
    breaks = 0;
    odd = false;
    nul = false;
    wide = false;
    fault = "";
    lineEnd = LineEnd.NONE;
    if (start < limit && buffer[start] == comment) {
      return commented();
    }
    boolean fresh = true;
    int i = start;
    while (i < limit) {
      switch (kinds[buffer[i] & 255]) {
        case DELIMITER -> {
          fields++;
          fresh = true;
          i++;
        }
        case LINE_FEED -> {
          return ends(i, LineEnd.LF);
        }
        case RETURN -> {
          if (i + 1 >= limit && !ended) {
            return MORE;
          }
          if (i + 1 < limit && buffer[i + 1] == '\n') {
            return ends(i, LineEnd.CRLF);
          }
          if (firstLineEnd == LineEnd.CR || firstLineEnd == LineEnd.NONE) {
            return ends(i, LineEnd.CR);
          }
          odd = true;
          fresh = false;
          i++;
        }
        case QUOTE -> {
          if (fresh) {
            i = quoted(i);
            if (i < 0) {
              return i == BROKEN && wholeLine(lineEndFrom(start)) ? brokenLine() : MORE;
            }
          } else {
            odd = true;
            i++;
          }
          fresh = false;
        }
        case NUL -> {
          nul = true;
          fresh = false;
          i++;
        }
        case HIGH -> {
          wide = true;
          fresh = false;
          i++;
        }
        default -> {
          fresh = false;
          do {
            i++;
          } while (i < limit && kinds[buffer[i] & 255] == PLAIN);
        }
      }
    }
    return ended ? ends(limit, LineEnd.NONE) : MORE;
  }

  /// Whether a line end found at `stop` is all there: a return may still be followed by a line
  /// feed.
  private boolean wholeLine(int stop) {
    return ended || stop + 1 < limit || stop < limit && buffer[stop] == '\n';
  }

  private int ends(int i, LineEnd by) {
    end = i;
    lineEnd = by;
    return i + by.text.length();
  }

  private int commented() {
    int stop = lineEndFrom(start);
    if (!wholeLine(stop)) {
      return MORE;
    }
    fields = 0;
    end = stop;
    return afterLineEnd(stop);
  }

  /// Passes over a quoted field that begins at `from`; gives the place after it.
  private int quoted(int from) {
    int i = from + 1;
    while (i < limit) {
      int b = buffer[i];
      if (b == escape && escape != quote) {
        if (i + 1 >= limit) {
          return ended ? broken("a quote is opened and never closed") : MORE;
        }
        boolean escapes = buffer[i + 1] == quote || buffer[i + 1] == escape;
        odd |= !escapes;
        i += escapes ? 2 : 1;
      } else if (b == quote) {
        if (i + 1 < limit && buffer[i + 1] == quote && escape == quote) {
          i += 2;
        } else {
          return closed(i + 1);
        }
      } else {
        noteInside(b, i);
        i++;
      }
    }
    return ended ? broken("a quote is opened and never closed") : MORE;
  }

  private void noteInside(int b, int i) {
    if (b == '\n') {
      breaks++;
    } else if (b == '\r' && (i + 1 >= limit || buffer[i + 1] != '\n')) {
      breaks++;
      odd = true;
    } else if (b == 0) {
      nul = true;
    } else if (b < 0) {
      wide = true;
    }
  }

  private int closed(int after) {
    int i = after;
    while (i < limit && buffer[i] == ' ' && dialect.delimiter() != ' ') {
      odd = true;
      i++;
    }
    if (i >= limit) {
      return ended ? i : MORE;
    }
    byte kind = kinds[buffer[i] & 255];
    return kind == DELIMITER || kind == LINE_FEED || kind == RETURN
        ? i
        : broken("there is more after a closing quote");
  }

  private int broken(String why) {
    fault = why;
    return BROKEN;
  }

  /// The record is its first line only.
  private int brokenLine() {
    if (fault.isEmpty()) {
      fault = "a quote is opened and not closed within " + longest + " bytes";
    }
    breaks = 0;
    nul = false;
    lineEnd = LineEnd.NONE;
    end = lineEndFrom(start);
    return afterLineEnd(end);
  }

  private boolean hasLineEnd() {
    return lineEndFrom(start) < limit;
  }

  private int lineEndFrom(int from) {
    int i = from;
    while (i < limit && buffer[i] != '\n' && buffer[i] != '\r') {
      i++;
    }
    return i;
  }

  private int afterLineEnd(int stop) {
    if (stop >= limit) {
      return limit;
    }
    return buffer[stop] == '\r' && stop + 1 < limit && buffer[stop + 1] == '\n'
        ? stop + 2
        : stop + 1;
  }

  /// Reads further; false when there is nothing more or the record is as long as a record may be.
  private boolean more() throws IOException {
    if (ended) {
      return false;
    }
    if (limit - start > longest) {
      return false;
    }
    fill();
    return true;
  }

  private void fill() throws IOException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, limit - start);
      limit -= start;
      at -= start;
      start = 0;
    }
    if (limit == buffer.length) {
      buffer =
          Arrays.copyOf(buffer, (int) Math.min(buffer.length * 2L, longest + (long) FIRST_BUFFER));
    }
    int read = in.read(buffer, limit, buffer.length - limit);
    ended = read < 0;
    limit += Math.max(read, 0);
  }

  /// Gives up a line that is too long: its beginning is kept, the rest is passed over.
  private boolean overlong() throws IOException {
    int shown = Math.min(limit - start, Texts.SHOWN_BYTES + 4);
    byte[] beginning = Arrays.copyOfRange(buffer, start, start + shown);
    long length = limit - start;
    boolean over = false;
    while (!over) {
      limit = Math.max(in.read(buffer, 0, buffer.length), 0);
      start = 0;
      int stop = lineEndFrom(0);
      length += stop;
      over = stop < limit || limit == 0;
      ended = limit == 0;
      at = afterLineEnd(stop);
    }
    byte[] rest = Arrays.copyOfRange(buffer, at, limit);
    buffer = Arrays.copyOf(beginning, Math.max(buffer.length, beginning.length + rest.length + 1));
    System.arraycopy(rest, 0, buffer, beginning.length, rest.length);
    limit = beginning.length + rest.length;
    end = beginning.length;
    at = end;
    bytes = length;
    fields = 0;
    breaks = 0;
    nextLine = line + 1;
    fault = "the line is longer than " + longest + " bytes";
    return true;
  }

  long line() {
    return line;
  }

  int fields() {
    return fields;
  }

  /// Nothing stands on the line.
  boolean blank() {
    return start == end && fault.isEmpty();
  }

  boolean comment() {
    return fields == 0 && fault.isEmpty();
  }

  /// Readers differ over what it says: to be written plainly before another reads it.
  boolean odd() {
    return odd;
  }

  /// The record's length, without its line end.
  long bytes() {
    return bytes;
  }

  LineEnd lineEnd() {
    return lineEnd;
  }

  LineEnd firstLineEnd() {
    return firstLineEnd;
  }

  /// Where the record begins in [#buffer()].
  int start() {
    return start;
  }

  int end() {
    return end;
  }

  /// Where the next record begins.
  int following() {
    return at;
  }

  byte[] buffer() {
    return buffer;
  }

  /// Why it is no record of `expected` fields, if it is none.
  Optional<String> fault(int expected) {
    if (!fault.isEmpty()) {
      return Optional.of(fault);
    }
    if (nul) {
      return Optional.of("it has a NUL byte");
    }
    if (fields != expected) {
      return Optional.of(
          "it has " + fields + (fields == 1 ? " field" : " fields") + ", not " + expected);
    }
    return wide && Texts.invalidUtf8(buffer, start, end) >= 0
        ? Optional.of(
            "it is not valid UTF-8 at byte " + (Texts.invalidUtf8(buffer, start, end) - start + 1))
        : Optional.empty();
  }

  String shown() {
    return Texts.shown(buffer, start, end);
  }

  /// The record's values.
  List<CsvFields.Field> values() {
    return new CsvFields(buffer, end, dialect).from(start);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
