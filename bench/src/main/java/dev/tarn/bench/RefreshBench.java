package dev.tarn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A small change of a large table, beside a recompute: new versions of a thousand orders reach a
/// table with the latest version of each, and totals over it.
final class RefreshBench {
  private static final int CHANGED = 1_000;
  private static final int ROUNDS = 3;

  private final Path tarn;

  RefreshBench(Path tarn) {
    this.tarn = tarn;
  }

  void run(int rows) throws IOException, InterruptedException, SQLException {
    double small = measured(rows / 10);
    double large = measured(rows);
    System.out.printf(
        "the change of %,d rows beside that of %,d: %.2f times; goal: at most 1.3%n",
        rows, rows / 10, large / small);
  }

  /// Seconds of a run that follows a change.
  private double measured(int rows) throws IOException, InterruptedException, SQLException {
    Path work = Files.createTempDirectory("bench-refresh");
    Path project = project(work);
    data(project, "base", "SELECT range AS id FROM range(" + rows + ")", 0);
    Child.run(work.resolve("log"), Main.words(tarn, "-C", project, "run"));
    List<Child.Taken> changes = new ArrayList<>();
    for (int round = 1; round <= ROUNDS; round++) {
      String ids =
          "SELECT (range * %d + %d) %% %d AS id FROM range(%d)"
              .formatted(rows / CHANGED + 1, round * 7, rows, CHANGED);
      data(project, "change" + round, ids, round);
      changes.add(Child.run(work.resolve("log"), Main.words(tarn, "-C", project, "run")));
    }
    changes.sort(Comparator.comparingDouble(Child.Taken::wallSeconds));
    Child.Taken change = changes.get(ROUNDS / 2);
    Child.Taken whole =
        Child.run(
            work.resolve("log"),
            Main.words(tarn, "-C", project, "run", "silver.orders+", "--full"));
    Main.print("%,d of %,d rows changed".formatted(CHANGED, rows), change);
    Main.print("recompute of %,d rows".formatted(rows), whole);
    System.out.printf(
        "ratio %.1f; goal: at least 20 at 10,000,000 rows%n",
        whole.wallSeconds() / change.wallSeconds());
    Scratch.delete(work);
    return change.wallSeconds();
  }

  private static Path project(Path work) throws IOException {
    Path project = Files.createDirectories(work.resolve("p"));
    write(project, "tarn.yml", "name: refresh\n");
    write(project, "sources/orders.yml", "from: files\npath: data/*.parquet\n");
    write(
        project,
        "models/silver/orders.sql",
        """
        /*
        key: id
        refresh: incremental
        */
        SELECT id, customer, status, amount, changed_at FROM bronze.orders
        QUALIFY row_number() OVER (PARTITION BY id ORDER BY changed_at DESC) = 1
        """);
    write(
        project,
        "models/gold/customers.sql",
        """
        /* refresh: incremental */
        SELECT customer, count(*) AS orders, sum(amount) AS amount FROM silver.orders GROUP BY customer
        """);
    return project;
  }

  private static void write(Path project, String name, String text) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void data(Path project, String name, String ids, int round)
      throws IOException, SQLException {
    Path folder = Files.createDirectories(project.resolve("data"));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          COPY (SELECT id, hash(id) %% 100000 AS customer, ['placed', 'shipped', 'returned'][%d %% 3 + 1] AS status,
              (hash(id + %d) %% 100000 / 100)::DECIMAL(12, 2) AS amount,
              TIMESTAMP '2026-01-01' + INTERVAL %d DAY AS changed_at FROM (%s))
          TO '%s' (FORMAT parquet)
          """
              .formatted(round, round, round, ids, folder.resolve(name + ".parquet")));
    }
  }
}
