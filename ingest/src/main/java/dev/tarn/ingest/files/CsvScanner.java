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
  private static final int MORE = -1;
  private static final int BROKEN = -2;
  private static final int CONTENT = -3;
  private final CountedInput in;
  private final CsvDialect dialect;
  private final int longest;
  private final byte[] kinds;
  private final int quote;
  private final int escape;
  private final int comment;
  private final CsvLeaps leaps;
  private byte[] buffer = new byte[FIRST_BUFFER];
  private int limit;
  private boolean ended;
  private int at;
  private long began;
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
    this.in = new CountedInput(in);
    this.dialect = dialect;
    this.longest = (int) longest;
    this.quote = dialect.quote().map(c -> (int) c).orElse(-1);
    this.escape = dialect.escape().map(c -> (int) c).orElse(quote);
    this.comment = dialect.comment().map(c -> (int) c).orElse(-1);
    this.kinds = ByteKinds.of(dialect);
    this.leaps = new CsvLeaps(dialect);
    fill();
    at = Texts.hasMark(buffer, limit) ? 3 : 0;
  }

  /// Goes to the next record; false after the last.
  boolean next() throws IOException {
    line = nextLine;
    began = offset();
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
        return LongLine.lineEndFrom(buffer, start, limit) < limit
            ? found(brokenLine())
            : overlong();
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
      int stop = LongLine.lineEndFrom(buffer, at, limit);
      if (wholeLine(stop)) {
        at = LongLine.afterLineEnd(buffer, stop, limit);
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
    firstLineEnd = firstLineEnd == LineEnd.NONE ? lineEnd : firstLineEnd;
    odd |= lineEnd != LineEnd.NONE && lineEnd != firstLineEnd;
    return true;
  }

  private void forget() {
    fields = 1;
    breaks = 0;
    odd = false;
    nul = false;
    wide = false;
    fault = "";
    lineEnd = LineEnd.NONE;
  }

  private int scan() {
    forget();
    leaps.forget();
    if (start < limit && buffer[start] == comment) {
      return commented();
    }
    int i = leaps.overPlain(buffer, start, limit);
    while (i < limit) {
      switch (kinds[buffer[i] & 255]) {
        case ByteKinds.DELIMITER -> {
          fields++;
          i = leaps.overPlain(buffer, i + 1, limit);
        }
        case ByteKinds.LINE_FEED -> {
          return ends(i, LineEnd.LF);
        }
        case ByteKinds.RETURN -> {
          int following = returned(i);
          if (following != CONTENT) {
            return following;
          }
          odd = true;
          i++;
        }
        case ByteKinds.QUOTE -> {
          boolean fresh = i == start || buffer[i - 1] == dialect.delimiter();
          odd |= !fresh;
          i = fresh ? quoted(i) : i + 1;
          if (i < 0) {
            return i == BROKEN && wholeLine(LongLine.lineEndFrom(buffer, start, limit))
                ? brokenLine()
                : MORE;
          }
        }
        case ByteKinds.NUL, ByteKinds.HIGH -> {
          nul |= buffer[i] == 0;
          wide |= buffer[i] < 0;
          i++;
        }
        default -> i++;
      }
    }
    return ended ? ends(limit, LineEnd.NONE) : MORE;
  }

  /// A return ends the line when a line feed follows, or when it does so in all of the file.
  private int returned(int i) {
    if (i + 1 >= limit && !ended) {
      return MORE;
    }
    if (i + 1 < limit && buffer[i + 1] == '\n') {
      return ends(i, LineEnd.CRLF);
    }
    return firstLineEnd == LineEnd.CR || firstLineEnd == LineEnd.NONE
        ? ends(i, LineEnd.CR)
        : CONTENT;
  }

  /// Whether a line end found at `stop` is all there: a return may still be followed by a line
  /// feed.
  private boolean wholeLine(int stop) {
    return ended || stop + 1 < limit || stop < limit && buffer[stop] == '\n';
  }

  private int ends(int i, LineEnd by) {
    end = i;
    lineEnd = by;
    fields += leaps.delimiters();
    wide |= leaps.wide();
    return i + by.text.length();
  }

  private int commented() {
    int stop = LongLine.lineEndFrom(buffer, start, limit);
    if (!wholeLine(stop)) {
      return MORE;
    }
    fields = 0;
    end = stop;
    return LongLine.afterLineEnd(buffer, stop, limit);
  }

  /// Passes over a quoted field that begins at `from`; gives the place after it.
  private int quoted(int from) {
    int i = leaps.overQuoted(buffer, from + 1, limit);
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
        i = leaps.overQuoted(buffer, i + 1, limit);
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
    return kind == ByteKinds.DELIMITER || kind == ByteKinds.LINE_FEED || kind == ByteKinds.RETURN
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
    end = LongLine.lineEndFrom(buffer, start, limit);
    return LongLine.afterLineEnd(buffer, end, limit);
  }

  /// Reads further; false when there is nothing more or the record is as long as a record may be.
  private boolean more() throws IOException {
    if (ended || limit - start > longest) {
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
    LongLine passed = LongLine.pass(in, buffer, start, limit);
    buffer = passed.buffer();
    start = 0;
    limit = passed.limit();
    ended = passed.ended();
    end = passed.shown();
    at = end;
    bytes = passed.length();
    fields = 0;
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

  /// Where the record begins in the file.
  long began() {
    return began;
  }

  /// Where the next record begins in the file.
  long offset() {
    return in.count() - (limit - at);
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
    return wide ? Texts.encodingFault(buffer, start, end) : Optional.empty();
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
