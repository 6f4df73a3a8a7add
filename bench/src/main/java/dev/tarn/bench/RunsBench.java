package dev.tarn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A run that follows a change after many earlier ones, beside one after few: a file of ten orders
/// arrives before each, and `tarn maintain` runs once in a hundred, as it would each night.
final class RunsBench {
  private static final int FEW = 10;
  private static final int MEASURED = 9;
  private static final int UPKEEP = 100;

  private final Path tarn;

  RunsBench(Path tarn) {
    this.tarn = tarn;
  }

  void run(int many) throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("bench-runs");
    Path project = project(work);
    int done = runs(work, project, 0, FEW).size();
    double early = middle(runs(work, project, done, MEASURED));
    done += MEASURED;
    done += runs(work, project, done, many - done).size();
    double late = middle(runs(work, project, done, MEASURED));
    System.out.printf("a run after %,d earlier ones   %7.2f s%n", FEW, early);
    System.out.printf("a run after %,d earlier ones   %7.2f s%n", many, late);
    System.out.printf("ratio %.2f; goal: at most 1.2 after 1,000 runs%n", late / early);
    Scratch.delete(work);
  }

  private List<Double> runs(Path work, Path project, int first, int count)
      throws IOException, InterruptedException {
    List<Double> taken = new ArrayList<>();
    for (int run = first; run < first + count; run++) {
      orders(project, run);
      if (run % UPKEEP == UPKEEP - 1) {
        Child.run(work.resolve("log"), Main.words(tarn, "-C", project, "maintain"));
      }
      taken.add(
          Child.run(work.resolve("log"), Main.words(tarn, "-C", project, "run")).wallSeconds());
    }
    return taken;
  }

  private static double middle(List<Double> taken) {
    return taken.stream().sorted(Comparator.naturalOrder()).toList().get(taken.size() / 2);
  }

  private static Path project(Path work) throws IOException {
    Path project = Files.createDirectories(work.resolve("p"));
    Scratch.write(project, "tarn.yml", "name: runs\n");
    Scratch.write(
        project,
        "sources/orders.yml",
        "from: files\npath: data/*.csv\ncolumns: {id: bigint, customer: bigint, amount: 'decimal(12,2)', changed: bigint}\n");
    Scratch.write(
        project,
        "models/silver/orders.sql",
        "/*\nkey: id\nchecks:\n  - unique: id\n*/ SELECT id, customer, amount FROM bronze.orders"
            + " QUALIFY row_number() OVER (PARTITION BY id ORDER BY changed DESC) = 1");
    Scratch.write(
        project,
        "models/gold/customers.sql",
        "SELECT customer, count(*) AS orders, sum(amount) AS amount FROM silver.orders GROUP BY customer");
    return project;
  }

  private static void orders(Path project, int run) throws IOException {
    StringBuilder rows = new StringBuilder("id,customer,amount,changed\n");
    for (int i = 0; i < 10; i++) {
      int id = run * 7 + i;
      rows.append("%d,%d,%d.50,%d%n".formatted(id, id % 100, (id * 31 + run) % 900, run));
    }
    Scratch.write(project, "data/orders" + run + ".csv", rows.toString());
  }
}
