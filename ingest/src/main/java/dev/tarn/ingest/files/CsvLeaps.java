package dev.tarn.ingest.files;

/// Passes over the dull parts of a CSV record, eight bytes at a time, and notes what was in them.
final class CsvLeaps {
  private static final long LINE_FEEDS = EightBytes.all('\n');
  private static final long RETURNS = EightBytes.all('\r');

  private final long delimiter;
  private final long quote;
  private final long escape;
  private int delimiters;
  private boolean wide;

  CsvLeaps(CsvDialect dialect) {
    this.delimiter = EightBytes.all(dialect.delimiter());
    this.quote = EightBytes.all(dialect.quote().orElse('\n'));
    this.escape = EightBytes.all(dialect.escape().or(dialect::quote).orElse('\n'));
  }

  void forget() {
    delimiters = 0;
    wide = false;
  }

  /// How many delimiters were passed over outside quotes.
  int delimiters() {
    return delimiters;
  }

  /// Whether bytes beyond ASCII were passed over; perhaps they belong to the next record.
  boolean wide() {
    return wide;
  }

  /// Goes on, outside quotes, to a line end, a quote or a NUL; or to the last few bytes.
  int overPlain(byte[] buffer, int from, int limit) {
    int i = from;
    while (i + EightBytes.SIZE <= limit) {
      long word = EightBytes.at(buffer, i);
      long stops =
          EightBytes.is(word, LINE_FEEDS)
              | EightBytes.is(word, RETURNS)
              | EightBytes.is(word, quote)
              | EightBytes.zero(word);
      long separators = EightBytes.exactly(word, delimiter);
      wide |= (word & EightBytes.HIGH) != 0;
      if (stops != 0) {
        int plain = EightBytes.first(stops);
        delimiters += Long.bitCount(separators & ((1L << (plain * 8)) - 1));
        return i + plain;
      }
      delimiters += Long.bitCount(separators);
      i += EightBytes.SIZE;
    }
    return i;
  }

  /// Goes on, inside quotes, to a quote, an escape, a line end or a NUL; or to the last few bytes.
  int overQuoted(byte[] buffer, int from, int limit) {
    int i = from;
    while (i + EightBytes.SIZE <= limit) {
      long word = EightBytes.at(buffer, i);
      long stops =
          EightBytes.is(word, quote)
              | EightBytes.is(word, escape)
              | EightBytes.is(word, LINE_FEEDS)
              | EightBytes.is(word, RETURNS)
              | EightBytes.zero(word);
      wide |= (word & EightBytes.HIGH) != 0;
      if (stops != 0) {
        return i + EightBytes.first(stops);
      }
      i += EightBytes.SIZE;
    }
    return i;
  }
}
