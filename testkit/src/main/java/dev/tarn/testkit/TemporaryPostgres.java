package dev.tarn.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A real PostgreSQL server on loopback that lives as long as the tests that share it.
///
/// A test class says `@ExtendWith(PostgresExtension.class)` and takes one as a parameter.
public final class TemporaryPostgres implements AutoCloseable {
  private static final int ATTEMPTS = 5;
  private static final long UNPRIVILEGED = 65_534;

  /// The server stops, and its folder goes, when the pipe from this process closes: also when this
  /// process is killed.
  private static final String GUARD =
      """
      bin="$1"; data="$2"; port="$3"
      "$bin/postgres" -D "$data" -p "$port" >"$data/server.log" 2>&1 </dev/null &
      server=$!
      cat >/dev/null
      kill -INT "$server" 2>/dev/null
      wait "$server"
      rm -rf "$data"
      """;

  private final Process guard;
  private final int port;
  private final AtomicInteger databases = new AtomicInteger();

  private TemporaryPostgres(Process guard, int port) {
    this.guard = guard;
    this.port = port;
  }

  /// Starts a server with no tables; takes about two seconds.
  public static TemporaryPostgres start() {
    try {
      Path bin = PostgresBinaries.folder();
      for (int attempt = 1; ; attempt++) {
        Path data = initialise(bin);
        var server = launch(bin, data, FreePort.find());
        if (server.answers()) {
          return server;
        }
        String log = Files.readString(data.resolve("server.log"));
        server.close();
        if (attempt == ATTEMPTS) {
          throw new IOException("PostgreSQL did not start:\n" + log);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while PostgreSQL started", e);
    }
  }

  public int port() {
    return port;
  }

  /// Where the database `name` is, with user and password.
  public String url(String name) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name + "?user=tarn&password=tarn";
  }

  /// Makes a database that no other test uses and says where it is.
  public String freshDatabase() {
    String name = "test_" + databases.incrementAndGet();
    try (var connection = DriverManager.getConnection(url("postgres"));
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
      return url(name);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create the database " + name, e);
    }
  }

  @Override
  public void close() {
    try {
      guard.getOutputStream().close();
      if (!guard.waitFor(20, TimeUnit.SECONDS)) {
        guard.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static Path initialise(Path bin) throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("tarn-postgres-data-");
    if (isRoot()) {
      Files.setAttribute(data, "unix:uid", (int) UNPRIVILEGED);
    }
    ProcessRun.of(
        unprivileged(
            bin.resolve("initdb").toString(),
            "-D",
            data.toString(),
            "--username=tarn",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync"));
    Files.writeString(
        data.resolve("postgresql.conf"),
        """
        listen_addresses = '127.0.0.1'
        unix_socket_directories = ''
        max_connections = 50
        timezone = 'UTC'
        fsync = off
        """);
    return data;
  }

  private static TemporaryPostgres launch(Path bin, Path data, int port) throws IOException {
    Process guard =
        new ProcessBuilder(
                unprivileged(
                    "sh",
                    "-c",
                    GUARD,
                    "postgres-guard",
                    bin.toString(),
                    data.toString(),
                    "" + port))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .directory(data.toFile())
            .start();
    return new TemporaryPostgres(guard, port);
  }

  /// PostgreSQL refuses to run as root, so root lends it the user nobody.
  private static List<String> unprivileged(String... command) throws IOException {
    var words = new ArrayList<String>();
    if (isRoot()) {
      String id = Long.toString(UNPRIVILEGED);
      words.addAll(List.of("setpriv", "--reuid=" + id, "--regid=" + id, "--clear-groups", "--"));
    }
    words.addAll(List.of(command));
    return words;
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private boolean answers() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (guard.isAlive() && System.nanoTime() < deadline) {
      try (var connection = DriverManager.getConnection(url("postgres"))) {
        return connection.isValid(5);
      } catch (SQLException _) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
    return false;
  }
}
