package dev.tarn.bench.faults;

import dev.tarn.app.run.RunSummary;
import dev.tarn.app.shop.ShopExample;
import dev.tarn.store.CommitSeam;
import dev.tarn.vocabulary.RunState;
import dev.tarn.vocabulary.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// A project before a run, as it is set up again for every trial, and what an undisturbed run makes
/// of it.
///
/// @param tarn how to run it
/// @param project where it is worked on; always the same place, for a lake's files are named in
///   full
/// @param template a copy of it as it was before the run
/// @param before what readers saw before the run
/// @param expected the content of all tables after the run
/// @param nanos how long the undisturbed run took
public record Ground(
    Tarn tarn,
    Path project,
    Path template,
    Map<TableName, String> before,
    Content expected,
    long nanos) {
  private static final long SEED = 20_240_101;
  private static final int OWN_PROCESS = 8;

  /// The shop, never run; or run when it had only the first of its two years.
  static Ground shop(Tarn tarn, Path scratch, double scale, boolean again) {
    return make(
        tarn,
        scratch,
        again,
        project -> ShopExample.writeTo(project, scale, SEED),
        name -> name.contains("-2024-"));
  }

  /// A source, a table with a quarantine and one that reads it: as few calls as a whole run can
  /// have.
  static Ground small(Tarn tarn, Path scratch, boolean again) {
    return make(tarn, scratch, again, Ground::writeSmall, name -> name.equals("items2.csv"));
  }

  static void writeSmall(Path project) {
    Scratch.write(project.resolve("tarn.yml"), "name: small\n");
    Scratch.write(project.resolve("sources/items.yml"), "from: files\npath: data/items*.csv\n");
    Scratch.write(project.resolve("data/items1.csv"), rows(1, 300));
    Scratch.write(project.resolve("data/items2.csv"), rows(200, 500));
    Scratch.write(
        project.resolve("models/silver/items.sql"),
        """
        /*
        key: id
        checks:
          - unique: id
          - {range: {amount: {min: 0}}, on_fail: quarantine}
        */
        SELECT id::BIGINT AS id, kind, amount::DECIMAL(12,2) AS amount
        FROM bronze.items
        QUALIFY row_number() OVER (PARTITION BY id::BIGINT ORDER BY _source DESC, _position DESC) = 1
        """);
    Scratch.write(
        project.resolve("models/gold/totals.sql"),
        "SELECT kind, count(*) AS items, sum(amount) AS amount FROM silver.items GROUP BY ALL");
  }

  private static String rows(int from, int to) {
    StringBuilder rows = new StringBuilder("id,kind,amount\n");
    for (int id = from; id < to; id++) {
      rows.append(id)
          .append(",k")
          .append(id % 7)
          .append(',')
          .append(id % 50 == 0 ? -1 : id * from)
          .append('\n');
    }
    return rows.toString();
  }

  private interface Later {
    boolean comesLater(String file);
  }

  private static Ground make(
      Tarn tarn, Path scratch, boolean again, Consumer<Path> write, Later later) {
    Path project = scratch.resolve("project");
    Path whole = scratch.resolve("whole");
    Path template = scratch.resolve("template");
    write.accept(whole);
    Scratch.copy(whole, project);
    Map<TableName, String> before = again ? firstRun(tarn, project, whole, later) : Map.of();
    Scratch.copy(project, template);
    long start = System.nanoTime();
    tarn.run(project, "run").requireWell();
    long nanos = System.nanoTime() - start;
    try (OpenLake lake = OpenLake.of(project)) {
      return new Ground(tarn, project, template, before, Content.of(lake), nanos);
    }
  }

  private static Map<TableName, String> firstRun(Tarn tarn, Path project, Path whole, Later later) {
    try {
      for (Path file : Scratch.files(project.resolve("data"))) {
        if (later.comesLater(file.getFileName().toString())) {
          Files.delete(file);
        }
      }
      tarn.run(project, "run").requireWell();
      Scratch.remove(project.resolve("data"));
      Scratch.copy(whole.resolve("data"), project.resolve("data"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (OpenLake lake = OpenLake.of(project)) {
      return Watch.state(lake);
    }
  }

  /// Sets the project up again as it was before the run.
  void reset() {
    Scratch.remove(project);
    Scratch.copy(template, project);
  }

  /// After all faults are over: one more run must succeed and leave what the undisturbed one left,
  /// and nothing else. One of eight is a process of its own as well; the others are spared its
  /// start.
  void settle(Figures figures, String when) {
    String trouble = figures.trials() % OWN_PROCESS == 0 ? runAlone() : runHere(figures.trials());
    if (!trouble.isEmpty()) {
      figures.unreadable(when + ": the run afterwards failed: " + trouble);
      return;
    }
    judge(figures, when);
  }

  private String runAlone() {
    Tarn.Answer answer = tarn.run(project, "run");
    return answer.status() == 0 ? "" : answer.status() + " " + answer.said();
  }

  private String runHere(long seed) {
    try {
      RunSummary summary =
          new OwnRun(
                  project,
                  InstantSource.system(),
                  new SplittableRandom(System.nanoTime() + seed),
                  CommitSeam.NONE)
              .run();
      return summary.state() == RunState.SUCCEEDED ? "" : summary.state() + " " + summary.reason();
    } catch (RuntimeException e) {
      return e.toString();
    }
  }

  /// What is there must be what the undisturbed run left, and nothing else.
  void judge(Figures figures, String when) {
    try (OpenLake lake = OpenLake.of(project)) {
      figures.compare(Content.of(lake), expected, when);
      figures.orphansLeft(lake.orphans(), when);
    } catch (RuntimeException e) {
      figures.unreadable(when + ": " + e.getMessage());
    }
  }

  /// Every file must be as it was written.
  void scrub(Figures figures, String when) {
    try (OpenLake lake = OpenLake.of(project)) {
      lake.lake()
          .scrub()
          .damaged()
          .forEach(damage -> figures.unreadable(when + ": the scrub finds " + damage));
    }
  }

  /// Looks at the lake right after a fault: all that is published must be of the run before or of
  /// this one.
  void look(Figures figures, String when) {
    if (!Files.exists(OpenLake.database(project))) {
      return;
    }
    try (OpenLake lake = OpenLake.of(project)) {
      figures.orphans(lake.orphans());
      Map<TableName, String> state = Watch.state(lake);
      if (!state.equals(before) && state.size() != tablesOfRuns()) {
        figures.halfRun(when + ": readers see " + state.keySet());
      }
    } catch (RuntimeException e) {
      figures.unreadable(when + ": " + e.getMessage());
    }
  }

  private long tablesOfRuns() {
    return expected.tables().keySet().stream()
        .filter(table -> !table.startsWith("bronze."))
        .count();
  }
}
