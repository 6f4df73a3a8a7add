package dev.tarn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Times a whole process, as the operating system accounts for it.
final class Child {

  private Child() {}

  /// What a process took.
  ///
  /// @param peakMegabytes the most memory it held at once
  record Taken(double wallSeconds, double cpuSeconds, long peakMegabytes) {}

  /// Runs a command to its end; its output goes to `log`. Fails when the command does.
  static Taken run(Path log, List<String> command) throws IOException, InterruptedException {
    Path figures = Files.createTempFile("bench", ".time");
    List<String> timed =
        new ArrayList<>(List.of("/usr/bin/time", "-f", "%e %U %S %M", "-o", figures.toString()));
    timed.addAll(command);
    Process process =
        new ProcessBuilder(timed).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed:\n" + Files.readString(log));
    }
    String[] words = Files.readString(figures).strip().split(" ");
    Files.delete(figures);
    return new Taken(
        Double.parseDouble(words[0]),
        Double.parseDouble(words[1]) + Double.parseDouble(words[2]),
        Long.parseLong(words[3]) / 1024);
  }
}
