package dev.tarn.ingest.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// A line that is too long to be held: its beginning is kept, the rest is passed over.
///
/// @param buffer the line's beginning, then what follows the line
/// @param shown how much of the line is there
/// @param limit how much of the buffer is filled
/// @param ended whether the file is read to its end
/// @param length the line's full length
record LongLine(byte[] buffer, int shown, int limit, boolean ended, long length) {

  static LongLine pass(InputStream in, byte[] buffer, int start, int limit) throws IOException {
    int shown = Math.min(limit - start, Texts.SHOWN_BYTES + 4);
    byte[] beginning = Arrays.copyOfRange(buffer, start, start + shown);
    long length = limit - start;
    int filled;
    int stop;
    do {
      filled = Math.max(in.read(buffer, 0, buffer.length), 0);
      stop = lineEndFrom(buffer, 0, filled);
      length += stop;
    } while (filled > 0 && stop == filled);
    int next = afterLineEnd(buffer, stop, filled);
    int rest = filled - next;
    byte[] kept = Arrays.copyOf(beginning, Math.max(buffer.length, shown + rest + 1));
    System.arraycopy(buffer, next, kept, shown, rest);
    return new LongLine(kept, shown, shown + rest, filled == 0, length);
  }

  /// The place of the next line end, or `limit`.
  static int lineEndFrom(byte[] buffer, int from, int limit) {
    int i = from;
    while (i < limit && buffer[i] != '\n' && buffer[i] != '\r') {
      i++;
    }
    return i;
  }

  /// The place after a line end.
  static int afterLineEnd(byte[] buffer, int stop, int limit) {
    if (stop >= limit) {
      return limit;
    }
    return buffer[stop] == '\r' && stop + 1 < limit && buffer[stop + 1] == '\n'
        ? stop + 2
        : stop + 1;
  }
}
