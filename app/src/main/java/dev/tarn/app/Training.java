package dev.tarn.app;

import dev.tarn.app.command.Commands;
import dev.tarn.app.command.Process;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Does the common commands once, on a small project, so that the classes they need can be put into
/// the cache that makes later starts fast (JEP 483, JEP 514).
final class Training {

  private static final String LATEST =
      "/* key: id */ SELECT id, name FROM bronze.people"
          + " QUALIFY row_number() OVER (PARTITION BY id ORDER BY _ingested_at DESC) = 1";
  private static final String BIRTHS =
      "SELECT year(born) AS born, count(*) AS people, max(name) AS last FROM silver.people GROUP BY ALL";

  private Training() {}

  /// @param words a new, empty folder to work in
  public static void main(String[] words) throws InterruptedException {
    Path folder = Path.of(words[0]).resolve("school");
    Thread work = Thread.ofPlatform().stackSize(16L << 20).unstarted(() -> train(folder));
    work.start();
    work.join();
    System.exit(0);
  }

  /// The run after the second file refreshes by what changed.
  private static void train(Path folder) {
    Process process = Main.process();
    Commands commands = Menu.commands(process, SignalInterrupts::new, "training");
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    String at = folder.toString();
    commands.run(List.of("init", at), nowhere, nowhere);
    write(folder.resolve("models/silver/latest.sql"), LATEST);
    write(folder.resolve("models/gold/births.sql"), BIRTHS);
    commands.run(List.of("-C", at, "run"), nowhere, nowhere);
    write(folder.resolve("data/people-more.csv"), "id,name,born\n3,Mary Jackson,1921-04-09\n");
    for (List<String> line :
        List.of(
            List.of("help"),
            List.of("-C", at, "check"),
            List.of("-C", at, "run"),
            List.of("-C", at, "run"),
            List.of("-C", at, "plan", "--json"),
            List.of("-C", at, "status"),
            List.of("-C", at, "query", "FROM silver.people"),
            List.of("-C", at, "query", "SELECT 1", "--format", "json"),
            List.of("-C", at, "query", "FROM system.runs", "--format", "csv"),
            List.of("-C", at, "lineage", "silver.people"),
            List.of("-C", at, "runs"))) {
      commands.run(line, nowhere, nowhere);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
