package dev.tarn.app.command;

import dev.tarn.app.plan.Blueprints;
import dev.tarn.app.project.LakeSettings;
import dev.tarn.app.project.Project;
import dev.tarn.app.project.ProjectReader;
import dev.tarn.app.project.WorkSettings;
import dev.tarn.app.run.Opened;
import dev.tarn.engine.Engine;
import dev.tarn.engine.EngineSettings;
import dev.tarn.engine.duckdb.DuckDbEngine;
import dev.tarn.lake.Lake;
import dev.tarn.store.MetadataLocation;
import dev.tarn.store.MetadataStore;
import dev.tarn.vocabulary.Problems;
import java.util.function.Function;

/// Opens the project that a command works on: the one place where store, lake and engine are made,
/// in the order the data flows.
public final class Opener {
  private final Process process;

  public Opener(Process process) {
    this.process = process;
  }

  public Process process() {
    return process;
  }

  /// Reads the project's files; what is wrong with them is added to `problems`.
  Project project(Invocation invocation, Problems problems) {
    return reader(invocation).read(problems);
  }

  /// Reads the files of a project, again and again if need be.
  ProjectReader reader(Invocation invocation) {
    return new ProjectReader(
        invocation.folder(), invocation.environment(), process.variables(), process.machine());
  }

  /// Reads and opens a project whose files must be right, and does the work.
  <T> T with(Invocation invocation, Function<Opened, T> work) {
    Problems problems = new Problems();
    Project project = project(invocation, problems);
    problems.throwIfAny();
    try (Opened opened = open(project)) {
      return work.apply(opened);
    }
  }

  /// Opens a project that has been read.
  Opened open(Project project) {
    LakeSettings settings = project.lake();
    MetadataLocation at = location(settings, project);
    MetadataStore store = MetadataStore.open(at, process.surroundings().clock());
    Lake lake =
        new Lake(
            store,
            settings.warehouse(),
            process.surroundings().clock(),
            dev.tarn.lake.LakeSettings.standard());
    return new Opened(project, store, lake, () -> engine(project.work()), process.surroundings());
  }

  private static MetadataLocation location(LakeSettings settings, Project project) {
    MetadataLocation parsed = MetadataLocation.parse(settings.metadata(), project.folder());
    return switch (parsed) {
      case MetadataLocation.SqliteFile file -> file;
      case MetadataLocation.Postgres postgres ->
          new MetadataLocation.Postgres(
              postgres.servers(),
              postgres.database(),
              postgres.user().or(settings::user),
              postgres.password().or(settings::password),
              postgres.options());
    };
  }

  private static Engine engine(WorkSettings work) {
    return new DuckDbEngine(
        new EngineSettings(work.memory(), work.threads(), work.temporary(), work.temporaryLimit()));
  }

  /// Understands an opened project.
  static Blueprints blueprints(Opened opened) {
    return new Blueprints(opened.project(), opened.lake(), opened::engine);
  }
}
