package dev.tarn.app;

import dev.tarn.app.command.Command;
import dev.tarn.app.command.Process;
import dev.tarn.app.project.Machine;
import dev.tarn.app.run.Opened;
import dev.tarn.vocabulary.ByteSize;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The command line's front door: takes from the system what the rest is given.
public final class Main {
  private static final long STACK_BYTES = 16L << 20;

  private Main() {}

  public static void main(String[] words) throws InterruptedException {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    int[] status = {Command.FAILED};
    // Deep SQL needs a deep stack, which the main thread does not have on every system.
    Thread work =
        Thread.ofPlatform()
            .name("tarn")
            .stackSize(STACK_BYTES)
            .unstarted(() -> status[0] = run(List.of(words), out, err));
    work.start();
    work.join();
    out.flush();
    System.exit(status[0]);
  }

  private static int run(List<String> words, PrintStream out, PrintStream err) {
    return Menu.commands(process(), SignalInterrupts::new, version()).run(words, out, err);
  }

  static Process process() {
    Map<String, String> variables = System.getenv();
    return new Process(
        Path.of("").toAbsolutePath(),
        variables,
        new Machine(Runtime.getRuntime().availableProcessors(), memory()),
        new Opened.Surroundings(
            InstantSource.system(),
            new SecureRandom(),
            ProcessHandle.current().pid(),
            host(variables)));
  }

  /// The memory of the machine, or of the control group the process is in.
  private static ByteSize memory() {
    long total = 4L << 30;
    try {
      for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
        if (line.startsWith("MemTotal:")) {
          total = Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
      for (String file :
          List.of("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")) {
        String limit =
            Files.exists(Path.of(file)) ? Files.readString(Path.of(file)).strip() : "max";
        total = limit.matches("\\d{1,18}") ? Math.min(total, Long.parseLong(limit)) : total;
      }
    } catch (IOException _) {
      // No /proc: another system than Linux. 4 GiB is a safe guess; `memory:` in tarn.yml says
      // better.
    }
    return new ByteSize(total);
  }

  private static String host(Map<String, String> variables) {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException _) {
      return variables.getOrDefault(
          "HOSTNAME", variables.getOrDefault("COMPUTERNAME", "localhost"));
    }
  }

  private static String version() {
    return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
        .orElse("unknown");
  }
}
