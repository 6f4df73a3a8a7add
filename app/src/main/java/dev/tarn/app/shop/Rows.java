package dev.tarn.app.shop;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Writes rows of text as bytes into one buffer: no strings, no formatting, no memory per row.
final class Rows implements Closeable {

  private static final int CAPACITY = 1 << 16;
  private static final int ROOM = 64;

  private final OutputStream out;
  private final byte[] buffer = new byte[CAPACITY];
  private final byte[] digits = new byte[20];
  private int length;
  private long flushed;

  Rows(OutputStream out) {
    this.out = out;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  Rows text(byte[] text) throws IOException {
    if (length + text.length > CAPACITY) {
      flush();
    }
    System.arraycopy(text, 0, buffer, length, text.length);
    length += text.length;
    return this;
  }

  Rows text(String text) throws IOException {
    return text(bytes(text));
  }

  Rows mark(char ascii) throws IOException {
    room();
    buffer[length++] = (byte) ascii;
    return this;
  }

  Rows number(long value) throws IOException {
    return number(value, 1);
  }

  /// A number with leading zeros up to a width of at most 18.
  Rows number(long value, int width) throws IOException {
    room();
    if (value < 0) {
      buffer[length++] = '-';
    }
    var rest = Math.abs(value);
    var count = 0;
    while (rest > 0 || count < width) {
      digits[count++] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    while (count > 0) {
      buffer[length++] = digits[--count];
    }
    return this;
  }

  /// An amount of money given in cents, with two decimals after a point.
  Rows money(long cents) throws IOException {
    return sign(cents).number(Math.abs(cents) / 100).mark('.').number(Math.abs(cents) % 100, 2);
  }

  /// An amount of money as a German ledger prints it: `1.234,56`.
  Rows ledgerMoney(long cents) throws IOException {
    sign(cents);
    var whole = Math.abs(cents) / 100;
    if (whole >= 1000) {
      number(whole / 1000).mark('.').number(whole % 1000, 3);
    } else {
      number(whole);
    }
    return mark(',').number(Math.abs(cents) % 100, 2);
  }

  /// A second of the day as `12:34:56`.
  Rows time(int second) throws IOException {
    return number(second / 3600, 2)
        .mark(':')
        .number(second / 60 % 60, 2)
        .mark(':')
        .number(second % 60, 2);
  }

  long written() {
    return flushed + length;
  }

  @Override
  public void close() throws IOException {
    flush();
    out.close();
  }

  private Rows sign(long value) throws IOException {
    return value < 0 ? mark('-') : this;
  }

  private void room() throws IOException {
    if (length + ROOM > CAPACITY) {
      flush();
    }
  }

  private void flush() throws IOException {
    out.write(buffer, 0, length);
    flushed += length;
    length = 0;
  }
}
