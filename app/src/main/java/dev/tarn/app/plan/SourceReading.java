package dev.tarn.app.plan;

import dev.tarn.app.project.Project;
import dev.tarn.app.project.SourceFile;
import dev.tarn.ingest.FilesSettings;
import dev.tarn.ingest.FilesSource;
import dev.tarn.ingest.SourceSettings;
import dev.tarn.quality.Checks;
import dev.tarn.quality.DeclaredCheck;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Suggestions;
import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads each source's settings by the connector that it names.
final class SourceReading {
  private static final List<String> FILES = List.of("files");

  private final Project project;
  private final Problems problems;

  SourceReading(Project project, Problems problems) {
    this.project = project;
    this.problems = problems;
  }

  List<KnownSource> sources() {
    return project.sources().stream().flatMap(file -> source(file).stream()).toList();
  }

  private Optional<KnownSource> source(SourceFile file) {
    String connector = file.connector();
    // A slip, or nothing at all, hides none of the other faults of the file.
    if (connector.isBlank() || Suggestions.nearest(connector, FILES).isPresent()) {
      return Optional.of(files(file));
    }
    stranger(file);
    return Optional.empty();
  }

  /// Of a connector that is not known only what every source may say can be read.
  private void stranger(SourceFile file) {
    SourceSettings common = SourceSettings.read(file.table(), file.settings());
    Checks.read(common.checks(), problems);
    file.settings().slips();
  }

  /// A source's checks name the tables they read; SQL checks of a source read only the source.
  private static Set<TableName> checkReads(List<DeclaredCheck> checks) {
    return checks.stream()
        .flatMap(check -> check.check().tables().stream())
        .collect(Collectors.toSet());
  }

  private KnownSource files(SourceFile file) {
    FilesSettings settings = FilesSettings.read(file.table(), file.settings(), project.folder());
    List<DeclaredCheck> checks = Checks.read(settings.common().checks(), problems);
    return new KnownSource(
        file,
        new FilesSource(settings),
        checks,
        checkReads(checks),
        settings.common().fresh(),
        settings.common().description());
  }
}
