package dev.tarn.lake;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/// A Java process at work in a folder that is killed while it goes on.
record KilledProcess(Class<?> main, Path folder, int seed) {

  /// Starts it and waits for its end.
  ///
  /// @param ready is told each line that it prints; once true, it is killed so much later
  void run(Predicate<String> ready, long afterNanos) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                folder.toString(),
                String.valueOf(seed))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    boolean doomed = false;
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (ready.test(line) && !doomed) {
          doomed = true;
          Thread.ofPlatform().start(() -> killAfter(process, afterNanos));
        }
      }
    }
    process.waitFor();
  }

  private static void killAfter(Process process, long nanos) {
    LockSupport.parkNanos(nanos);
    process.destroyForcibly();
  }
}
