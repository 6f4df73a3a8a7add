package dev.tarn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// A small change of a large table, beside a recompute: new versions of a thousand orders reach a
/// table with the latest version of each, sorted by their numbers, and totals over it. Once they
/// are among the last 20,000 orders, as is usual, and once anywhere.
final class RefreshBench {
  private static final int CHANGED = 1_000;
  private static final int RECENT = 20_000;
  private static final int ROUNDS = 3;

  private final Path tarn;

  RefreshBench(Path tarn) {
    this.tarn = tarn;
  }

  void run(int rows) throws IOException, InterruptedException, SQLException {
    double small = measured(rows / 10);
    double large = measured(rows);
    System.out.printf(
        "a change among recent rows of %,d beside that of %,d: %.2f times; goal: at most 1.3%n",
        rows, rows / 10, large / small);
  }

  /// Seconds of a run that follows a change of recent orders.
  private double measured(int rows) throws IOException, InterruptedException, SQLException {
    Path work = Files.createTempDirectory("bench-refresh");
    Path project = project(work);
    Orders.write(project, "base", "SELECT range AS id FROM range(" + rows + ")", 0);
    tarn(work, project, "run");
    int first = rows - RECENT;
    Child.Taken recent = middle(work, project, 0, "%d + (range * 19 + %d) %% " + RECENT, first);
    Child.Taken anywhere =
        middle(
            work,
            project,
            ROUNDS,
            "%d + (range * " + (rows / CHANGED + 1) + " + %d) %% " + rows,
            0);
    Child.Taken whole = tarn(work, project, "run", "silver.orders+", "--full");
    Main.print("%,d of the last %,d of %,d rows".formatted(CHANGED, RECENT, rows), recent);
    Main.print("%,d of all %,d rows".formatted(CHANGED, rows), anywhere);
    Main.print("recompute of %,d rows".formatted(rows), whole);
    System.out.printf(
        "ratio %.1f recent, %.1f anywhere; goal: at least 20 at 10,000,000 rows%n",
        whole.wallSeconds() / recent.wallSeconds(), whole.wallSeconds() / anywhere.wallSeconds());
    Scratch.delete(work);
    return recent.wallSeconds();
  }

  /// The run of several that is neither the fastest nor the slowest.
  ///
  /// @param id the number of each changed order, of the first one and the round
  private Child.Taken middle(Path work, Path project, int after, String id, int first)
      throws IOException, InterruptedException, SQLException {
    List<Child.Taken> taken = new ArrayList<>();
    for (int round = after + 1; round <= after + ROUNDS; round++) {
      String ids =
          "SELECT " + id.formatted(first, round * 7) + " AS id FROM range(" + CHANGED + ")";
      Orders.write(project, "change" + round, ids, round);
      taken.add(tarn(work, project, "run"));
    }
    return Child.middle(taken);
  }

  private Child.Taken tarn(Path work, Path project, String... words)
      throws IOException, InterruptedException {
    return Child.run(work.resolve("log"), Main.onProject(tarn, project, words));
  }

  private static Path project(Path work) throws IOException {
    Path project = Files.createDirectories(work.resolve("p"));
    Scratch.write(project, "tarn.yml", "name: refresh\n");
    Scratch.write(project, "sources/orders.yml", "from: files\npath: data/*.parquet\n");
    Scratch.write(
        project,
        "models/silver/orders.sql",
        """
        /*
        key: id
        sort: id
        refresh: incremental
        */
        SELECT %s FROM bronze.orders
        QUALIFY row_number() OVER (PARTITION BY id ORDER BY changed_at DESC) = 1
        """
            .formatted(Orders.COLUMNS));
    Scratch.write(
        project,
        "models/gold/customers.sql",
        """
        /* refresh: incremental */
        SELECT customer, count(*) AS orders, sum(amount) AS amount FROM silver.orders GROUP BY customer
        """);
    return project;
  }
}
