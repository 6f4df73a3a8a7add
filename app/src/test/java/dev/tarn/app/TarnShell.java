package dev.tarn.app;

import dev.tarn.app.command.Commands;
import dev.tarn.app.command.Process;
import dev.tarn.app.command.Usage;
import dev.tarn.app.project.Machine;
import dev.tarn.app.run.Interrupts;
import dev.tarn.app.run.Opened;
import dev.tarn.vocabulary.ByteSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// A command line in this process, over a project in a folder.
public final class TarnShell {
  private final Path folder;
  private final InstantSource clock;
  private final Map<String, String> variables;

  public TarnShell(Path folder) {
    this(folder, InstantSource.system());
  }

  public TarnShell(Path folder, InstantSource clock) {
    this(folder, clock, Map.of());
  }

  /// @param variables of the environment
  public TarnShell(Path folder, InstantSource clock, Map<String, String> variables) {
    this.folder = folder;
    this.clock = clock;
    this.variables = variables;
  }

  /// What a command came to.
  public record Answer(int status, String out, String err) {}

  /// Does a command as if typed in the folder.
  public Answer run(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        commands()
            .run(
                List.of(words),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Answer(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /// How every command is used, by name.
  public Map<String, Usage> usages() {
    return commands().usages();
  }

  private Commands commands() {
    Process process =
        new Process(
            folder,
            variables,
            new Machine(2, new ByteSize(4_000_000_000L)),
            new Opened.Surroundings(clock, new SplittableRandom(), 1, "test"));
    return Menu.commands(process, Deaf::new, "test");
  }

  /// The rows of a query as CSV, without the header.
  public List<String> rows(String sql) {
    Answer answer = run("query", sql, "--format", "csv");
    if (answer.status() != 0) {
      throw new AssertionError(sql + " failed: " + answer.err() + answer.out());
    }
    return answer.out().lines().skip(1).toList();
  }

  /// Writes a file of the project.
  public TarnShell file(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Deaf(Consumer<String> news) implements Interrupts {
    @Override
    public void waiting(String holder) {
      news.accept("waiting for " + holder);
    }

    @Override
    public Watch watch(Runnable cancel) {
      return () -> {};
    }
  }
}
