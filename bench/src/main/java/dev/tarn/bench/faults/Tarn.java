package dev.tarn.bench.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How a `tarn` process is started: Java itself, without the launcher, so that the one process is
/// all there is to kill.
public record Tarn(List<String> java) {

  /// From a distribution's folder, with its cache when there is one; else from the class path of
  /// this process.
  public static Tarn find(Path distribution) {
    return Files.isDirectory(distribution.resolve("lib")) ? of(distribution) : ofThisProcess();
  }

  /// From the class path of this process.
  public static Tarn ofThisProcess() {
    List<String> java = begin();
    java.addAll(List.of("-cp", System.getProperty("java.class.path")));
    return new Tarn(java);
  }

  private static Tarn of(Path distribution) {
    List<String> java = begin();
    Path cache = distribution.resolve("cache/tarn.aot");
    if (Files.exists(cache)) {
      java.add("-XX:AOTCache=" + cache);
    }
    java.add("-Djava.library.path=" + only(distribution.resolve("native")));
    java.add("-cp");
    // The cache fits only the class path that the launcher gives, in its order.
    java.add(
        String.join(
            ":", list(distribution.resolve("lib")).stream().map(Path::toString).sorted().toList()));
    return new Tarn(java);
  }

  private static List<String> begin() {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xlog:disable",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xss16m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dstdout.encoding=UTF-8",
            "-Dstderr.encoding=UTF-8"));
  }

  private static Path only(Path folder) {
    return list(folder).getFirst();
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Does a command on a project and waits for its end.
  public Answer run(Path project, Map<String, String> environment, String... words) {
    return start(project, environment, words).end();
  }

  /// Does a command on a project and waits for its end.
  public Answer run(Path project, String... words) {
    return run(project, Map.of(), words);
  }

  /// Starts a command on a project.
  public Victim start(Path project, Map<String, String> environment, String... words) {
    List<String> command = new ArrayList<>(java);
    command.addAll(List.of("dev.tarn.app.Main", "-C", project.toString()));
    command.addAll(List.of(words));
    return Victim.start(command, environment, project);
  }

  /// Starts a main class of this program, with the same Java.
  Victim startMain(Path folder, Map<String, String> environment, String main, List<String> words) {
    List<String> command = new ArrayList<>(java);
    int classes = command.indexOf("-cp") + 1;
    command.set(classes, command.get(classes) + ":" + ownClasses());
    command.add(main);
    command.addAll(words);
    return Victim.start(command, environment, folder);
  }

  /// Whatever folder the process is started in.
  private static String ownClasses() {
    return Stream.of(System.getProperty("java.class.path").split(":"))
        .map(place -> Path.of(place).toAbsolutePath().toString())
        .collect(Collectors.joining(":"));
  }

  /// What a process came to.
  ///
  /// @param said standard output and standard error
  public record Answer(int status, String said) {
    /// The same, when it is what is expected.
    public Answer requireWell() {
      if (status != 0) {
        throw new AssertionError("status " + status + ": " + said);
      }
      return this;
    }
  }
}
