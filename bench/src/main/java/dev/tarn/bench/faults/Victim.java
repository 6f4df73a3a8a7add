package dev.tarn.bench.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A process that something bad is about to happen to.
public final class Victim {
  private static final long LIMIT_SECONDS = 300;

  private final Process process;
  private final Path output;

  private Victim(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static Victim start(List<String> command, Map<String, String> environment, Path folder) {
    try {
      Path output = Files.createTempFile("tarn-victim", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.directory(folder.toFile()).environment().putAll(environment);
      return new Victim(builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long pid() {
    return process.pid();
  }

  boolean lives() {
    return process.isAlive();
  }

  /// Waits that long, or until it ends.
  void live(long nanos) throws InterruptedException {
    process.waitFor(nanos, TimeUnit.NANOSECONDS);
  }

  /// As `kill -9`, with all its children. False when it had ended before.
  boolean kill() throws InterruptedException {
    boolean lived = process.isAlive();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
    end();
    return lived;
  }

  /// Waits for its end. A process that hangs is ended, and its status is not one of Tarn's.
  public Tarn.Answer end() {
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      String said = Files.exists(output) ? Files.readString(output, StandardCharsets.UTF_8) : "";
      Files.deleteIfExists(output);
      return new Tarn.Answer(process.exitValue(), said);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
