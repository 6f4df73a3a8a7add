package dev.tarn.bench.faults;

import dev.tarn.app.run.RunSummary;
import dev.tarn.store.CommitSeam;
import dev.tarn.store.RunRecord;
import dev.tarn.vocabulary.RunState;
import dev.tarn.vocabulary.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The projects to break things in, each with what is done to it.
///
/// @param scratch where they are made
public record Grounds(Tarn tarn, Path scratch, Sample sample) {
  private static final int ALL = Integer.MAX_VALUE;
  private static final int RUNS = 6;
  private static final String BRANCH = "trial";

  /// Old enough for upkeep to remove what only these versions need, while whoever reads now still
  /// finds all files.
  private static final Duration LONG_AGO = Duration.ofHours(1);

  private static final String UPKEEP =
      "maintain: {keep_snapshots: 2, keep_for: 30m, grace: 10m, orphans_older_than: 0s, raw_keep_for: 0s}\n";

  /// A run: the first of all, or one after a run that had only the first part of the data.
  public Ground run(boolean again) {
    Path project = project();
    if (again) {
      sample.arrive(whole(), project, 0);
      well(OwnRun.of(project));
      sample.arrive(whole(), project, ALL);
    }
    return ground(Deed.run());
  }

  /// The second of two runs is taken back.
  public Ground rollbackOfRun() {
    return rollback(project -> {
      try (OpenLake lake = OpenLake.of(project)) {
        List<RunRecord> runs = lake.store().read(read -> read.runs().latest(1));
        return runs.getFirst().run().value();
      }
    });
  }

  /// What the second of two runs did to one table is taken back.
  public Ground rollbackOf(TableName table) {
    return rollback(_ -> table.toString());
  }

  private Ground rollback(Function<Path, String> what) {
    Path project = afterTwoRuns();
    return ground(Deed.rollback(what.apply(project)));
  }

  /// The files of a source are read again, for some of its values are to be NULL.
  public Ground replay() {
    append(afterTwoRuns().resolve("sources/items.yml"), "null: [k3]\n");
    return ground(Deed.replay("bronze.items"));
  }

  /// Rows in quarantine are judged again, for the check was wrong.
  public Ground readmit() {
    replace(afterTwoRuns().resolve("models/silver/items.sql"), "min: 0", "min: -10");
    return ground(Deed.readmit("silver.items"));
  }

  /// What a run on a branch took and made becomes main's.
  public Ground merge() {
    Path project = project();
    sample.arrive(whole(), project, 0);
    well(OwnRun.of(project));
    sample.arrive(whole(), project, ALL);
    tarn.run(project, "branch", BRANCH).requireWell();
    tarn.run(project, "run", "--branch", BRANCH).requireWell();
    return ground(Deed.merge(BRANCH));
  }

  /// All tables are dropped.
  public Ground drop() {
    return ground(Deed.drop(allTables(afterTwoRuns())));
  }

  /// All tables come back.
  public Ground undrop() {
    Path project = afterTwoRuns();
    String tables = allTables(project);
    tarn.run(project, Deed.drop(tables).words().split(" ")).requireWell();
    return ground(Deed.undrop(tables));
  }

  private static String allTables(Path project) {
    return look(
        project,
        lake ->
            lake.lake().tables().stream()
                .map(TableName::toString)
                .filter(name -> !name.contains("__"))
                .collect(Collectors.joining(" ")));
  }

  /// The seven partitions of a table whose model changed are made, three at a time.
  public Ground backfill() {
    Path project = project();
    Path model = project.resolve("models/silver/items.sql");
    replace(model, "key: id", "key: id\npartition: kind");
    twoRuns(project);
    replace(model, "amount::DECIMAL(12,2)", "(amount::DECIMAL(10,2) * 2)");
    return ground(Deed.backfill("silver.items", 3, List.of("k2", "k5")));
  }

  private Path afterTwoRuns() {
    Path project = project();
    twoRuns(project);
    return project;
  }

  private void twoRuns(Path project) {
    sample.arrive(whole(), project, 0);
    well(OwnRun.of(project));
    sample.arrive(whole(), project, ALL);
    well(OwnRun.of(project));
  }

  private static void replace(Path file, String before, String after) {
    Scratch.write(file, Scratch.read(file).replace(before, after));
  }

  private static void append(Path file, String text) {
    Scratch.write(file, Scratch.read(file) + text);
  }

  /// Upkeep of what many runs have left: small files, old versions, files that nothing names. The
  /// last part of the data came after them.
  public Ground maintain() {
    Path project = project();
    SplittableRandom random = new SplittableRandom(1);
    InstantSource past = () -> Instant.now().minus(LONG_AGO);
    for (int run = 0; run < RUNS; run++) {
      sample.arrive(whole(), project, run);
      well(new OwnRun(project, past, random, CommitSeam.NONE));
    }
    append(project.resolve("tarn.yml"), UPKEEP);
    Scratch.write(OpenLake.folder(project).resolve("lake/gold/stray/data/stray.parquet"), "stray");
    sample.arrive(whole(), project, ALL);
    return ground(Deed.maintain());
  }

  private static void well(OwnRun run) {
    RunSummary summary = run.run();
    if (summary.state() != RunState.SUCCEEDED) {
      throw new IllegalStateException(summary.reason());
    }
  }

  private Path project() {
    sample.write().accept(whole());
    Scratch.files(whole().resolve("data")).forEach(Grounds::age);
    Scratch.copy(whole(), path("project"));
    return path("project");
  }

  /// What is taken as soon as it is written is looked at once more, which would tell an early run
  /// from a late one.
  private static void age(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path whole() {
    return path("whole");
  }

  private Path path(String name) {
    return scratch.resolve(name);
  }

  /// The project as it is now is what each trial begins with.
  private Ground ground(Deed deed) {
    Path project = path("project");
    Scratch.remove(path("template"));
    Scratch.copy(project, path("template"));
    boolean known = Files.exists(OpenLake.database(project));
    Map<TableName, String> versions = known ? look(project, Watch::state) : Map.of();
    Content before = known ? look(project, Content::of) : new Content(Map.of());
    long start = System.nanoTime();
    tarn.run(project, deed.words().split(" ")).requireWell();
    long nanos = System.nanoTime() - start;
    Content after = look(project, Content::of);
    List<Content> midway = deed.midway().isEmpty() ? List.of() : undisturbed(deed.midway());
    Content expected = deed.isRun() ? after : undisturbed(deed.reference()).getLast();
    States states = new States(versions, before, midway, after, expected);
    return new Ground(tarn, project, path("template"), deed, states, nanos);
  }

  /// What is there after each of these commands, when nothing goes wrong.
  private List<Content> undisturbed(List<String> commands) {
    Path project = path("project");
    Scratch.remove(project);
    Scratch.copy(path("template"), project);
    List<Content> contents = new ArrayList<>();
    for (String command : commands) {
      if (command.equals("run")) {
        well(OwnRun.of(project));
      } else {
        tarn.run(project, command.split(" ")).requireWell();
      }
      contents.add(look(project, Content::of));
    }
    return contents;
  }

  private static <T> T look(Path project, Function<OpenLake, T> look) {
    try (OpenLake lake = OpenLake.of(project)) {
      return look.apply(lake);
    }
  }
}
