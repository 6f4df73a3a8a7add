package dev.tarn.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Runs a command to its end and insists that it succeeds.
final class ProcessRun {
  private ProcessRun() {}

  static void of(String... command) throws IOException, InterruptedException {
    of(List.of(command));
  }

  static void of(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed:\n" + output);
    }
  }
}
