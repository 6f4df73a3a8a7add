package dev.tarn.app.command;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Keeps what is written until it is known to be whole: a little in memory, more in a temporary
/// file. A document that breaks off midway is then never seen.
final class HeldBack extends OutputStream {
  private static final int MEMORY = 1 << 20;

  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private Optional<Path> file = Optional.empty();
  private OutputStream to = held;

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    if (file.isEmpty() && held.size() + count > MEMORY) {
      Path spilled = Files.createTempFile("tarn-answer", ".json");
      file = Optional.of(spilled);
      to = new BufferedOutputStream(Files.newOutputStream(spilled), 1 << 16);
      held.writeTo(to);
      held.reset();
    }
    to.write(bytes, from, count);
  }

  @Override
  public void flush() throws IOException {
    to.flush();
  }

  /// Hands all of it on.
  void release(OutputStream out) throws IOException {
    flush();
    if (file.isPresent()) {
      Files.copy(file.get(), out);
    } else {
      held.writeTo(out);
    }
    out.flush();
  }

  @Override
  public void close() throws IOException {
    to.close();
    if (file.isPresent()) {
      Files.deleteIfExists(file.get());
    }
  }
}
