package dev.tarn.lake;

import java.io.IOException;
import org.apache.iceberg.io.SeekableInputStream;

/// Bytes in memory, as Iceberg reads files.
final class BytesInput extends SeekableInputStream {
  private final byte[] bytes;
  private int at;

  BytesInput(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public long getPos() {
    return at;
  }

  @Override
  public void seek(long position) throws IOException {
    if (position < 0 || position > bytes.length) {
      throw new IOException("position " + position + " is outside the file");
    }
    at = (int) position;
  }

  @Override
  public int read() {
    return at < bytes.length ? bytes[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int from, int length) {
    if (length == 0) {
      return 0;
    }
    if (at >= bytes.length) {
      return -1;
    }
    int count = Math.min(length, bytes.length - at);
    System.arraycopy(bytes, at, into, from, count);
    at += count;
    return count;
  }

  @Override
  public long skip(long count) {
    int skipped = (int) Math.min(Math.max(0, count), bytes.length - at);
    at += skipped;
    return skipped;
  }

  @Override
  public int available() {
    return bytes.length - at;
  }
}
