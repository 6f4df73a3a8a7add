package dev.tarn.store;

import dev.tarn.testkit.ManualClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Another process with a metadata database, as a second `tarn` would be.
final class Child implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private Child(List<String> prefix, List<String> words) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
    command.addAll(words);
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    output = process.inputReader(StandardCharsets.UTF_8);
  }

  static Child that(String does, MetadataLocation location) throws IOException {
    return new Child(List.of(), List.of(does, address(location)));
  }

  /// As a user whom permissions bind, also when the tests run as root.
  static Child bound(String does, MetadataLocation location) throws IOException {
    List<String> prefix =
        System.getProperty("user.name").equals("root")
            ? List.of("setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override", "--")
            : List.of();
    return new Child(prefix, List.of(does, address(location)));
  }

  private static String address(MetadataLocation location) {
    return switch (location) {
      case MetadataLocation.SqliteFile sqlite -> sqlite.file().toString();
      case MetadataLocation.Postgres postgres ->
          "jdbc:"
              + postgres
              + "?user="
              + postgres.user().orElseThrow()
              + "&currentSchema="
              + postgres.options().getOrDefault("currentSchema", "public");
    };
  }

  /// What it says next; it goes on by itself.
  String says() throws IOException {
    return Optional.ofNullable(output.readLine()).orElse("(nothing more)");
  }

  /// All that it says until it ends.
  String saysInAll() throws IOException {
    return output.readAllAsString();
  }

  /// As kill -9.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// Lets it end by itself.
  void end() throws IOException, InterruptedException {
    process.getOutputStream().close();
    process.waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }

  public static void main(String[] words) throws IOException {
    MetadataLocation location = MetadataLocation.parse(words[1], Path.of("."));
    switch (words[0]) {
      case "writes and waits" -> writeAndWait(location);
      case "commits and waits" -> commitAndWait(location);
      case "migrates and waits" -> migrateAndWait(location);
      case "runs and waits" -> runAndWait(location);
      case "tries to run" -> tryToRun(location);
      case "reads and writes" -> readAndWrite(location);
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  private static void writeAndWait(MetadataLocation location) {
    try (MetadataStore store = Given.open(location)) {
      store.write(tx -> {
        tx.notes().put("a", "half");
        tx.pointers().swap(Given.ORDERS, "1", "half");
        say("wrote");
        waitForEnd();
      });
    }
  }

  private static void commitAndWait(MetadataLocation location) {
    try (MetadataStore store = Given.open(location)) {
      store.write(tx -> tx.notes().put("a", "whole"));
      say("committed");
      waitForEnd();
    }
  }

  private static void migrateAndWait(MetadataLocation location) {
    Migrations slow =
        Extra.migrations(tx -> {
          tx.define("CREATE TABLE tarn_future (a {text})");
          tx.define("DROP TABLE tarn_notes");
          say("half migrated");
          waitForEnd();
        });
    Given.open(location, StoreSettings.DEFAULT, CommitSeam.NONE, slow).close();
  }

  private static void runAndWait(MetadataLocation location) {
    try (MetadataStore store = Given.open(location);
        RunLock lock = store.lockRuns(Duration.ZERO, _ -> {})) {
      lock.holdFor(Given.RUN);
      say("running");
      waitForEnd();
    }
    say("ended");
  }

  private static void tryToRun(MetadataLocation location) {
    try (MetadataStore store = Given.open(location);
        RunLock _ = store.lockRuns(Duration.ZERO, _ -> {})) {
      say("running");
    } catch (RuntimeException e) {
      say("refused: " + e.getMessage());
    }
  }

  private static void readAndWrite(MetadataLocation location) {
    try (MetadataStore store = MetadataStore.open(location, ManualClock.at(Given.NOW))) {
      say("a is " + TransactionsContract.note(store, "a").orElse("not there"));
      store.write(tx -> tx.notes().put("a", "written"));
      say("written");
    } catch (RuntimeException e) {
      say("refused: " + e.getMessage());
    }
  }

  private static void say(String text) {
    System.out.println(text);
    System.out.flush();
  }

  private static void waitForEnd() {
    try {
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
