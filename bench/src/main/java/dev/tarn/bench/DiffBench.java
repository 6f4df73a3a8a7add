package dev.tarn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Two versions of a large table that differ in a hundred rows, beside plain DuckDB, which compares
/// all rows of both.
final class DiffBench {
  private static final int UPDATED = 34;
  private static final int ADDED = 33;
  private static final int REMOVED = 33;
  private static final int ROUNDS = 5;
  private static final String TABLE = "silver.orders";
  private static final String VERSIONS =
      "SELECT snapshot FROM system.snapshots WHERE \"table\" = '"
          + TABLE
          + "' ORDER BY committed_at";

  private final Path tarn;

  DiffBench(Path tarn) {
    this.tarn = tarn;
  }

  void run(int rows) throws IOException, InterruptedException, SQLException {
    Path work = Files.createTempDirectory("bench-diff");
    Path project = project(work);
    Orders.write(project, "base", "SELECT range AS id FROM range(" + rows + ")", 0);
    tarn(work, project, "run");
    change(project, rows);
    tarn(work, project, "run");
    List<String> versions = versions(work, project);
    Child.Taken start = middle(work, project, "query", "SELECT 1");
    Child.Taken ours = middle(work, project, "diff", TABLE, versions.get(0), versions.get(1));
    requireHundred(work);
    Child.Taken plain = plain(work, project, versions);
    Main.print("tarn query \"SELECT 1\"", start);
    Main.print("tarn diff, 100 of %,d rows".formatted(rows), ours);
    Main.print("plain DuckDB, EXCEPT both ways", plain);
    System.out.printf(
        "beyond start: %.2f s wall; goal: at most 1 s at 10,000,000 rows%n",
        ours.wallSeconds() - start.wallSeconds());
    System.out.printf(
        "plain DuckDB takes %.1f times as long%n", plain.wallSeconds() / ours.wallSeconds());
    Scratch.delete(work);
  }

  /// Rows all over the table change and go, and others come.
  private static void change(Path project, int rows) throws IOException, SQLException {
    String far = "SELECT range * " + rows / UPDATED + " + %d AS id FROM range(%d)";
    Orders.write(
        project,
        "changed",
        far.formatted(0, UPDATED)
            + " UNION ALL SELECT range FROM range(%d, %d)".formatted(rows, rows + ADDED),
        1);
    Orders.write(project, "removed", far.formatted(1, REMOVED), 2);
  }

  private List<String> versions(Path work, Path project) throws IOException, InterruptedException {
    tarn(work, project, "query", VERSIONS, "--format", "csv");
    List<String> lines = Files.readAllLines(work.resolve("log"));
    return lines.subList(lines.size() - 2, lines.size());
  }

  /// What was measured must be what was asked for.
  private static void requireHundred(Path work) throws IOException {
    String said = Files.readString(work.resolve("log"));
    for (String count : List.of(ADDED + " added", REMOVED + " removed", UPDATED + " changed")) {
      if (!said.contains(count)) {
        throw new IOException("no " + count + " in\n" + said);
      }
    }
  }

  private Child.Taken plain(Path work, Path project, List<String> versions)
      throws IOException, InterruptedException {
    for (String version : versions) {
      Path file = work.resolve(version + ".parquet");
      tarn(
          work,
          project,
          "query",
          "FROM " + TABLE,
          "--as-of",
          version,
          "--format",
          "parquet",
          "--output",
          file.toString());
    }
    return Child.run(
        work.resolve("log"),
        PlainDiff.class,
        work.resolve(versions.get(0) + ".parquet"),
        work.resolve(versions.get(1) + ".parquet"));
  }

  private Child.Taken middle(Path work, Path project, String... words)
      throws IOException, InterruptedException {
    List<Child.Taken> taken = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      taken.add(tarn(work, project, words));
    }
    return Child.middle(taken);
  }

  private Child.Taken tarn(Path work, Path project, String... words)
      throws IOException, InterruptedException {
    return Child.run(work.resolve("log"), Main.onProject(tarn, project, words));
  }

  private static Path project(Path work) throws IOException {
    Path project = work.resolve("p");
    Scratch.write(project, "tarn.yml", "name: diff\n");
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
        SELECT * FROM (
          SELECT %s FROM bronze.orders QUALIFY row_number() OVER (PARTITION BY id ORDER BY changed_at DESC) = 1)
        WHERE status <> 'returned'
        """
            .formatted(Orders.COLUMNS));
    return project;
  }
}
