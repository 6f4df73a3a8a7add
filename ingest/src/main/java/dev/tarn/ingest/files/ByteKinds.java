package dev.tarn.ingest.files;

import java.util.Arrays;

/// What each byte means in a CSV dialect, outside quotes.
final class ByteKinds {
  static final byte PLAIN = 0;
  static final byte DELIMITER = 1;
  static final byte LINE_FEED = 2;
  static final byte RETURN = 3;
  static final byte QUOTE = 4;
  static final byte NUL = 5;
  static final byte HIGH = 6;

  private ByteKinds() {}

  /// By the byte's unsigned value.
  static byte[] of(CsvDialect dialect) {
    byte[] kinds = new byte[256];
    Arrays.fill(kinds, 128, 256, HIGH);
    kinds[dialect.delimiter()] = DELIMITER;
    kinds['\n'] = LINE_FEED;
    kinds['\r'] = RETURN;
    kinds[0] = NUL;
    dialect.quote().ifPresent(quote -> kinds[quote] = QUOTE);
    return kinds;
  }
}
