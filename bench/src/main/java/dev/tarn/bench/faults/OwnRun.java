package dev.tarn.bench.faults;

import dev.tarn.app.plan.Blueprint;
import dev.tarn.app.plan.Blueprints;
import dev.tarn.app.project.Machine;
import dev.tarn.app.project.Project;
import dev.tarn.app.project.ProjectReader;
import dev.tarn.app.project.WorkSettings;
import dev.tarn.app.run.Interrupts;
import dev.tarn.app.run.MaintainRequest;
import dev.tarn.app.run.MaintainSummary;
import dev.tarn.app.run.Maintenance;
import dev.tarn.app.run.Opened;
import dev.tarn.app.run.ProjectRun;
import dev.tarn.app.run.RunRequest;
import dev.tarn.app.run.RunSummary;
import dev.tarn.engine.EngineSettings;
import dev.tarn.engine.duckdb.DuckDbEngine;
import dev.tarn.lake.AsOf;
import dev.tarn.lake.Lake;
import dev.tarn.lake.LakeSettings;
import dev.tarn.store.CommitSeam;
import dev.tarn.store.MetadataLocation;
import dev.tarn.store.MetadataStore;
import dev.tarn.store.StoreSettings;
import dev.tarn.vocabulary.ByteSize;
import dev.tarn.vocabulary.Problems;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Runs of a project in this process, with a clock and a database of one's own choice.
///
/// @param clock may lie
/// @param seam breaks the commits of the metadata database
record OwnRun(Path project, InstantSource clock, RandomGenerator random, CommitSeam seam) {
  private static final ByteSize MEMORY = new ByteSize(1L << 30);

  /// With the clock of the machine.
  static OwnRun of(Path project) {
    return new OwnRun(
        project, InstantSource.system(), new SplittableRandom(System.nanoTime()), CommitSeam.NONE);
  }

  /// As `tarn run`.
  RunSummary run() {
    Project read = read();
    try (Opened opened = open(read)) {
      Blueprint blueprint =
          new Blueprints(read, opened.lake(), opened::engine).blueprint(new Problems());
      return new ProjectRun(opened, blueprint, _ -> {})
          .run(new RunRequest(List.of(), false, new AsOf.Current(), "run"), new Deaf());
    }
  }

  /// As `tarn maintain`.
  MaintainSummary maintain() {
    try (Opened opened = open(read())) {
      return new Maintenance(opened)
          .run(new MaintainRequest(opened.lake().tables(), true, "maintain"), new Deaf());
    }
  }

  private Project read() {
    return new ProjectReader(project, Optional.empty(), Map.of(), new Machine(2, MEMORY))
        .read(new Problems());
  }

  private Opened open(Project read) {
    MetadataStore store =
        MetadataStore.open(
            new MetadataLocation.SqliteFile(OpenLake.database(project)),
            clock,
            random,
            StoreSettings.DEFAULT,
            seam);
    Lake lake = new Lake(store, read.lake().warehouse(), clock, LakeSettings.standard());
    WorkSettings work = read.work();
    return new Opened(
        read,
        store,
        lake,
        () ->
            new DuckDbEngine(
                new EngineSettings(MEMORY, 2, work.temporary(), work.temporaryLimit())),
        new Opened.Surroundings(clock, random, ProcessHandle.current().pid(), "here"));
  }

  private record Deaf() implements Interrupts {
    @Override
    public void waiting(String holder) {
      throw new IllegalStateException("must wait for " + holder);
    }

    @Override
    public Watch watch(Runnable cancel) {
      return () -> {};
    }
  }
}
