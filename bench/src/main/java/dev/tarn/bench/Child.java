package dev.tarn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Times a whole process, as the operating system accounts for it.
final class Child {

  private Child() {}

  /// What a process took.
  ///
  /// @param peakMegabytes the most memory it held at once
  record Taken(double wallSeconds, double cpuSeconds, long peakMegabytes) {}

  /// Runs another main class of this program, in a process of its own.
  static Taken run(Path log, Class<?> main, Object... words)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.library.path=" + System.getProperty("java.library.path"),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(Main.words(words));
    return run(log, command);
  }

  /// The one that is neither among the fastest nor among the slowest.
  static Taken middle(List<Taken> taken) {
    return taken.stream()
        .sorted(Comparator.comparingDouble(Taken::wallSeconds))
        .toList()
        .get(taken.size() / 2);
  }

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
