package dev.tarn.app.plan;

import dev.tarn.app.project.Project;
import dev.tarn.engine.Engine;
import dev.tarn.engine.EngineSession;
import dev.tarn.lake.Lake;
import dev.tarn.sql.SqlParser;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Understands projects, and remembers what was understood for as long as their files stay as they
/// are.
public final class Blueprints {
  private final Project project;
  private final Lake lake;
  private final Supplier<Engine> engine;

  /// @param engine is asked for only when something must be understood anew
  public Blueprints(Project project, Lake lake, Supplier<Engine> engine) {
    this.project = project;
    this.lake = lake;
    this.engine = engine;
  }

  /// The project's meaning; all problems at once when there is none.
  ///
  /// @param earlier problems found while the files were read
  public Blueprint blueprint(Problems earlier) {
    Optional<Blueprint> remembered = earlier.isEmpty() ? remembered() : Optional.empty();
    return remembered.orElseGet(() -> analysis(earlier, new ArrayList<>()).blueprint());
  }

  /// The sources alone, whatever models may say; all their problems at once.
  public List<KnownSource> sources(Problems problems) {
    List<KnownSource> sources = new SourceReading(project, problems).sources();
    problems.throwIfAny();
    return sources;
  }

  private Optional<Blueprint> remembered() {
    Problems problems = new Problems();
    return lake.note(BlueprintNote.KEY)
        .flatMap(note ->
            BlueprintNote.read(
                note, project, new SourceReading(project, problems).sources(), problems))
        .filter(_ -> problems.isEmpty());
  }

  /// Checks all anew.
  public Analysis analysis(Problems problems, List<String> warnings) {
    try (EngineSession session = engine.get().open();
        SqlParser parser = new SqlParser()) {
      Analysis analysis =
          new Analyzer(project, lake, engine.get(), session, parser).analyze(problems, warnings);
      problems.throwIfAny();
      if (warnings.isEmpty()) {
        remember(analysis.blueprint());
      }
      return analysis;
    }
  }

  /// Only makes the next command faster: where nothing can be written, there is nothing to lose.
  private void remember(Blueprint blueprint) {
    try {
      lake.note(BlueprintNote.KEY, BlueprintNote.write(blueprint));
    } catch (Failure failure) {
      if (failure.remedy() == Remedy.REPORT_BUG) {
        throw failure;
      }
    }
  }
}
