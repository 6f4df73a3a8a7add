package dev.tarn.bench.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is loaded into a process before the C library, to count its calls on files and to let one
/// of them go wrong.
public record Shim(Path library) {

  /// What happens at a call.
  public enum Does {
    KILL("kill"),
    KILL_AFTER("done"),
    TEAR("torn"),
    DISK_FULL("ENOSPC"),
    IO_ERROR("EIO");

    private final String word;

    Does(String word) {
      this.word = word;
    }
  }

  /// Builds it, which needs Linux and a C compiler; empty where there is none.
  public static Optional<Shim> build(Path folder) {
    Path source = folder.resolve("shim.c");
    Path library = folder.resolve("shim.so");
    try (InputStream text = Shim.class.getResourceAsStream("shim.c")) {
      if (text == null) {
        throw new IllegalStateException("shim.c is missing from the class path");
      }
      Files.createDirectories(folder);
      Files.copy(text, source, StandardCopyOption.REPLACE_EXISTING);
      Process compiler =
          new ProcessBuilder(
                  List.of(
                      "cc",
                      "-O2",
                      "-shared",
                      "-fPIC",
                      "-o",
                      library.toString(),
                      source.toString(),
                      "-ldl"))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("shim.log").toFile())
              .start();
      return compiler.waitFor() == 0 ? Optional.of(new Shim(library)) : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The environment of a process whose calls on files below `folder` are written down.
  Map<String, String> listening(Path folder, Path log) {
    Map<String, String> environment = environment(folder);
    environment.put("FAULT_LOG", log.toString());
    environment.put("FAULT_WAL", wal(log).toString());
    return environment;
  }

  static Path wal(Path log) {
    return log.resolveSibling(log.getFileName() + ".wal");
  }

  /// The environment of a process to which something happens at a call.
  ///
  /// @param calls which calls are counted, such as `fsync,rename`; empty: all
  /// @param stays whether all counted calls from that one on go wrong
  Map<String, String> breaking(Path folder, String calls, long at, Does does, boolean stays) {
    Map<String, String> environment = environment(folder);
    if (!calls.isEmpty()) {
      environment.put("FAULT_CALLS", calls);
    }
    environment.put("FAULT_AT", Long.toString(at));
    environment.put("FAULT_DOES", does.word);
    if (stays) {
      environment.put("FAULT_STAYS", "1");
    }
    return environment;
  }

  private Map<String, String> environment(Path folder) {
    Map<String, String> environment = new HashMap<>();
    environment.put("LD_PRELOAD", library.toString());
    environment.put("FAULT_UNDER", folder.toString());
    return environment;
  }

  /// The lines of a log.
  static List<Call> calls(Path log) {
    try {
      return Files.readAllLines(log).stream().map(Call::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// One call that was written down: a write when it began, anything else when it was over.
  ///
  /// @param result what it came to; of a write, how many bytes it was to write
  /// @param path of a rename, where to
  /// @param from of a rename, where from; else as `path`
  record Call(long number, String name, long result, Path path, Path from) {
    static Call parse(String line) {
      String[] words = line.split(" ", 4);
      String[] paths = words[3].split("\t", 2);
      return new Call(
          Long.parseLong(words[0]),
          words[1],
          Long.parseLong(words[2]),
          Path.of(paths[paths.length - 1]),
          Path.of(paths[0]));
    }
  }
}
