package dev.tarn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The reference for the shop: the same reads, the same queries and the same Parquet writes as
/// plain DuckDB statements, with no catalog, no checks and no provenance.
///
/// Broken lines are skipped. CSV is read with `store_rejects`: with `ignore_errors` DuckDB would
/// silently skip all lines after an unbalanced quote.
public final class PlainDuckDbShop {

  private final Path project;
  private final Path out;
  private final Limits limits;

  /// What DuckDB may use.
  public record Limits(String memory, int threads) {}

  public PlainDuckDbShop(Path project, Path out, Limits limits) {
    this.project = project;
    this.out = out;
    this.limits = limits;
  }

  public static void main(String[] arguments) throws IOException, SQLException {
    if (arguments.length < 2) {
      System.err.println("usage: PlainDuckDbShop PROJECT OUT [MEMORY [THREADS]]");
      System.exit(2);
    }
    var memory = arguments.length > 2 ? arguments[2] : "2GB";
    var threads = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 2;
    var shop =
        new PlainDuckDbShop(
            Path.of(arguments[0]), Path.of(arguments[1]), new Limits(memory, threads));
    var timings = shop.run();
    timings.forEach(System.out::println);
    for (var layer : List.of("bronze", "silver", "gold")) {
      System.out.println(PhaseTiming.sum(layer, timings));
    }
    System.out.println(PhaseTiming.sum("", timings));
    System.out.println("peak memory of the process: " + ProcessMeter.peakMegabytes() + " MB");
  }

  /// Brings the whole shop from its files to gold, and says how long each table took.
  public List<PhaseTiming> run() throws IOException, SQLException {
    for (var layer : List.of("bronze", "silver", "gold", "spill")) {
      Files.createDirectories(out.resolve(layer));
    }
    try (var connection = DriverManager.getConnection("jdbc:duckdb:")) {
      execute(connection, "SET memory_limit = '" + limits.memory() + "'");
      execute(connection, "SET threads = " + limits.threads());
      execute(connection, "SET temp_directory = '" + out.resolve("spill") + "'");
      execute(connection, "SET TimeZone = 'UTC'");
      for (var layer : List.of("bronze", "silver", "gold")) {
        execute(connection, "CREATE SCHEMA " + layer);
      }
      var timings = new ArrayList<PhaseTiming>();
      for (var source : PlainShopSources.all(project.resolve("data"))) {
        timings.add(write(connection, source.table(), source.sql(), PlainModel.UNPARTITIONED));
      }
      for (var model : inOrder()) {
        timings.add(write(connection, model.table(), model.sql(), model.partition()));
      }
      return timings;
    }
  }

  /// The models, each after those it reads.
  private List<PlainModel> inOrder() throws IOException {
    var waiting = new ArrayList<PlainModel>();
    for (var layer : List.of("silver", "gold")) {
      try (var files = Files.list(project.resolve("models").resolve(layer))) {
        for (var file : files.filter(path -> path.toString().endsWith(".sql")).sorted().toList()) {
          waiting.add(PlainModel.read(layer, file));
        }
      }
    }
    Set<String> done = new LinkedHashSet<>();
    var ordered = new ArrayList<PlainModel>();
    while (!waiting.isEmpty()) {
      var ready = waiting.stream().filter(model -> done.containsAll(model.reads())).toList();
      if (ready.isEmpty()) {
        throw new IllegalStateException("these models wait for one another: " + waiting);
      }
      ready.forEach(model -> done.add(model.table()));
      ordered.addAll(ready);
      waiting.removeAll(ready);
    }
    return ordered;
  }

  private PhaseTiming write(Connection connection, String table, String sql, String partition)
      throws SQLException {
    var meter = ProcessMeter.start();
    var target = out.resolve(table.replace('.', '/') + (partition.isEmpty() ? ".parquet" : ""));
    var files = partition.isEmpty() ? target.toString() : target + "/*/*.parquet";
    var query =
        partition.isEmpty() ? sql : "SELECT *, " + partition + " AS __p0 FROM (" + sql + "\n)";
    var options = partition.isEmpty() ? "" : ", PARTITION_BY (__p0), OVERWRITE_OR_IGNORE";
    execute(
        connection,
        "COPY ("
            + query
            + "\n) TO '"
            + target
            + "' (FORMAT parquet, COMPRESSION zstd"
            + options
            + ")");
    var taken = meter.stop();
    execute(
        connection,
        "CREATE VIEW "
            + table
            + " AS SELECT * FROM read_parquet('"
            + files
            + "', hive_partitioning = false)");
    return new PhaseTiming(table, rows(connection, table), taken);
  }

  private static long rows(Connection connection, String table) throws SQLException {
    try (var statement = connection.createStatement();
        var result = statement.executeQuery("SELECT count(*) FROM " + table)) {
      result.next();
      return result.getLong(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new SQLException("DuckDB refused:\n" + sql, e);
    }
  }
}
