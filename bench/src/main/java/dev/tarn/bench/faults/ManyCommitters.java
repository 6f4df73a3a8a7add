package dev.tarn.bench.faults;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.engine.EngineSettings;
import dev.tarn.engine.duckdb.DuckDbEngine;
import dev.tarn.lake.Branch;
import dev.tarn.lake.TableSpec;
import dev.tarn.lake.WriteTarget;
import dev.tarn.vocabulary.ByteSize;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Several processes append to one table at once, and several runs are started at once.
public final class ManyCommitters {
  private static final TableName TABLE = TableName.parse("silver.many");
  private static final TableSpec SPEC =
      TableSpec.of(
          Schema.of(
              Column.of("process", Type.Primitive.BIGINT),
              Column.of("number", Type.Primitive.BIGINT)));

  private ManyCommitters() {}

  static Figures commits(Tarn tarn, Path project, int processes, int each, Figures figures) {
    OpenLake.of(project).close();
    List<Victim> victims = new ArrayList<>();
    for (int process = 0; process < processes; process++) {
      victims.add(
          tarn.startMain(
              project,
              Map.of(),
              ManyCommitters.class.getName(),
              List.of(project.toString(), Integer.toString(process), Integer.toString(each))));
    }
    for (Victim victim : victims) {
      Tarn.Answer answer = victim.end();
      if (answer.status() != 0) {
        figures.unreadable("a committer ended with " + answer.status() + ": " + answer.said());
      }
    }
    for (int trial = 0; trial < processes * each; trial++) {
      figures.trial();
    }
    judge(project, processes, each, figures);
    return figures;
  }

  private static void judge(Path project, int processes, int each, Figures figures) {
    try (OpenLake lake = OpenLake.of(project);
        DuckDbEngine engine = engine(project);
        EngineSession session = engine.open();
        EngineConnection connection = session.connect()) {
      lake.lake()
          .find(TABLE)
          .ifPresentOrElse(
              table -> session.expose(table.scan()),
              () -> session.exposeEmpty(TABLE, SPEC.schema()));
      long there = number(connection, "SELECT count(*) FROM " + TABLE.sql());
      long distinct =
          number(connection, "SELECT count(DISTINCT (process, number)) FROM " + TABLE.sql());
      figures.counts((long) processes * each - distinct, there - distinct);
      figures.orphansLeft(lake.orphans(), "after all commits");
    }
  }

  private static long number(EngineConnection connection, String sql) {
    return ((Number)
            java.util.Objects.requireNonNull(connection.query(sql, 1).rows().getFirst().getFirst()))
        .longValue();
  }

  private static DuckDbEngine engine(Path project) {
    return new DuckDbEngine(
        new EngineSettings(
            new ByteSize(1L << 28), 1, project.resolve("spill"), new ByteSize(1L << 28)));
  }

  /// Several runs at once: one works, the others wait for it and find nothing to do.
  static Figures runs(Ground ground, int rounds, int processes, Figures figures) {
    for (int round = 1; round <= rounds; round++) {
      String when = "round " + round;
      ground.reset();
      List<Victim> victims = new ArrayList<>();
      for (int process = 0; process < processes; process++) {
        victims.add(ground.tarn().start(ground.project(), Map.of(), "run"));
      }
      for (Victim victim : victims) {
        figures.trial();
        Tarn.Answer answer = victim.end();
        if (answer.status() != 0) {
          figures.unreadable(
              when + ": one of the runs ended with " + answer.status() + ": " + answer.said());
        }
      }
      ground.judge(figures, when);
    }
    return figures;
  }

  /// One committer: its project, its number, how many commits.
  public static void main(String[] words) {
    Path project = Path.of(words[0]);
    long process = Long.parseLong(words[1]);
    SplittableRandom random = new SplittableRandom(process);
    try (OpenLake lake = OpenLake.of(project);
        DuckDbEngine engine = engine(project);
        EngineSession session = engine.open();
        EngineConnection connection = session.connect()) {
      for (int number = 0; number < Integer.parseInt(words[2]); number++) {
        try (Branch branch =
            lake.lake().branch(RunId.next(InstantSource.system().instant(), random))) {
          WriteTarget target = branch.append(TABLE, SPEC);
          branch.stage(
              target,
              connection.write(
                  "SELECT " + process + " AS process, " + number + " AS number", target));
          branch.publish(_ -> {});
        }
      }
    }
  }
}
