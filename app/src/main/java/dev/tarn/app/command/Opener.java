package dev.tarn.app.command;

import dev.tarn.app.plan.Analysis;
import dev.tarn.app.plan.Blueprints;
import dev.tarn.app.plan.KnownSource;
import dev.tarn.app.project.LakeSettings;
import dev.tarn.app.project.Project;
import dev.tarn.app.project.ProjectReader;
import dev.tarn.app.project.WorkSettings;
import dev.tarn.app.run.Branching;
import dev.tarn.app.run.Opened;
import dev.tarn.app.run.Readiness;
import dev.tarn.engine.Engine;
import dev.tarn.engine.EngineSettings;
import dev.tarn.engine.duckdb.DuckDbEngine;
import dev.tarn.lake.Lake;
import dev.tarn.store.MetadataLocation;
import dev.tarn.store.MetadataStore;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

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
    return reader(invocation).read(problems).on(invocation.option(CommandLine.BRANCH.name()));
  }

  /// Reads the files of a project, again and again if need be.
  ProjectReader reader(Invocation invocation) {
    return new ProjectReader(
        invocation.folder(), invocation.environment(), process.variables(), process.machine());
  }

  /// Opens a project and does the work, which only reads what is in the lake: for that tarn.yml
  /// must be right, while sources and models may be half written.
  <T> T with(Invocation invocation, Function<Opened, T> work) {
    Problems all = new Problems();
    Project project = project(invocation, all);
    Problems problems = new Problems();
    problems.addAll(all.all().stream().filter(Opener::isOfTheLake).toList());
    problems.throwIfAny();
    try (Opened opened = look(project, problems)) {
      return work.apply(opened);
    }
  }

  /// As [#with], for work that changes what is in the lake.
  <T> T changing(Invocation invocation, Function<Opened, T> work) {
    Problems all = new Problems();
    Project project = project(invocation, all);
    Problems problems = new Problems();
    problems.addAll(all.all().stream().filter(Opener::isOfTheLake).toList());
    problems.throwIfAny();
    try (Opened opened = open(project, problems)) {
      Readiness.require(opened);
      return work.apply(opened);
    }
  }

  /// As [#changing], for work on the sources: models may be half written.
  ///
  /// @param dry whether it only looks
  <T> T onSources(
      Invocation invocation, boolean dry, BiFunction<Opened, List<KnownSource>, T> work) {
    Problems all = new Problems();
    Project project = project(invocation, all);
    Problems problems = new Problems();
    problems.addAll(all.all().stream().filter(problem -> !isOf(problem, "models/")).toList());
    try (Opened opened = dry ? look(project, problems) : open(project, problems)) {
      return work.apply(opened, blueprints(opened).sources(problems));
    }
  }

  private static boolean isOf(Problem problem, String folder) {
    return problem.where().filter(at -> at.file().startsWith(folder)).isPresent();
  }

  private static boolean isOfTheLake(Problem problem) {
    return !isOf(problem, "sources/") && !isOf(problem, "models/");
  }

  /// Opens a project that has been read, to look at it. What is not there yet is not made: a folder
  /// that nobody may write can be looked at too.
  ///
  /// @param problems of the project's files; when it can't be opened, they are told with it
  Opened look(Project project, Problems problems) {
    try {
      return look(project, location(project.lake(), project));
    } catch (Failure failure) {
      problems.throwWith(failure);
      throw failure;
    }
  }

  private Opened look(Project project, MetadataLocation at) {
    boolean begun = !(at instanceof MetadataLocation.SqliteFile(Path file)) || Files.exists(file);
    Path temporary = project.work().temporary();
    if (begun && Files.isWritable(temporary)) {
      return open(project, at, temporary);
    }
    Path folder = temporaryFolder();
    MetadataLocation seen = begun ? at : new MetadataLocation.SqliteFile(folder.resolve("tarn.db"));
    try {
      Opened opened = open(project, seen, folder);
      opened.afterwards(() -> remove(folder));
      return opened;
    } catch (Failure failure) {
      remove(folder);
      throw failure;
    }
  }

  /// Opens a project that has been read and is to be changed; makes its metadata database when it
  /// is not there, unless there are problems.
  Opened open(Project project, Problems problems) {
    return problems.isEmpty()
        ? open(project, location(project.lake(), project), project.work().temporary())
        : look(project, problems);
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("tarn");
    } catch (IOException e) {
      throw Failure.retry(
          "no temporary folder can be made: " + e.getMessage(), "check the disk of /tmp", e);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException _) {
      // It holds an empty database; whoever cleans the temporary folder takes it along.
    }
  }

  private Opened open(Project project, MetadataLocation at, Path temporary) {
    MetadataStore store = MetadataStore.open(at, process.surroundings().clock());
    Lake lake =
        new Lake(
            store,
            project.lake().warehouse(),
            process.surroundings().clock(),
            dev.tarn.lake.LakeSettings.standard().keeping(project.maintain().limits().snapshots()));
    Opened main =
        new Opened(
            project, store, lake, () -> engine(project.work(), temporary), process.surroundings());
    try {
      return project.branch().map(name -> main.on(new Branching(main).require(name))).orElse(main);
    } catch (Failure failure) {
      main.close();
      throw failure;
    }
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

  private static Engine engine(WorkSettings work, Path temporary) {
    return new DuckDbEngine(
        new EngineSettings(work.memory(), work.threads(), temporary, work.temporaryLimit()));
  }

  /// Understands an opened project anew; what is wrong with its tests is told with what is wrong
  /// with the rest.
  static Analysis analysis(
      Opened opened, Problems problems, List<String> warnings, Problems tests) {
    try {
      return blueprints(opened).analysis(problems, warnings);
    } catch (Failure failure) {
      tests.throwWith(failure);
      throw failure;
    }
  }

  /// Understands an opened project.
  static Blueprints blueprints(Opened opened) {
    return new Blueprints(opened.project(), opened.lake(), opened::engine);
  }
}
