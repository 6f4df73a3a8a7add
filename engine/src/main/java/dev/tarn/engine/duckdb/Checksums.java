package dev.tarn.engine.duckdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/// CRC-32C of whole files.
final class Checksums {
  private static final int CHUNK_BYTES = 1 << 20;

  private Checksums() {}

  static int of(FileChannel file) throws IOException {
    CRC32C checksum = new CRC32C();
    ByteBuffer chunk = ByteBuffer.allocateDirect(Math.clamp(file.size(), 1, CHUNK_BYTES));
    long position = 0;
    for (int read = file.read(chunk, position); read >= 0; read = file.read(chunk, position)) {
      position += read;
      checksum.update(chunk.flip());
      chunk.clear();
    }
    return (int) checksum.getValue();
  }
}
