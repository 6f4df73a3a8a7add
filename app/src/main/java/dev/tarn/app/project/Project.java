package dev.tarn.app.project;

import dev.tarn.vocabulary.TableName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A project's files as typed values.
///
/// @param folder where tarn.yml stands, absolute
/// @param environment the environment chosen, or empty
/// @param branch of the lake that is worked on; empty for main
/// @param allowed what models may do beyond reading tables: `files`
/// @param hash SHA-256 over everything that decides whether the project is valid
public record Project(
    Path folder,
    String name,
    String environment,
    Optional<String> branch,
    LakeSettings lake,
    WorkSettings work,
    MaintainSettings maintain,
    Map<String, String> vars,
    Set<String> allowed,
    List<SourceFile> sources,
    List<ModelFile> models,
    String hash) {

  public Project {
    vars = Map.copyOf(vars);
    allowed = Set.copyOf(allowed);
    sources = List.copyOf(sources);
    models = List.copyOf(models);
  }

  /// The same project on a branch of its lake.
  public Project on(Optional<String> chosen) {
    return new Project(
        folder,
        name,
        environment,
        chosen,
        lake,
        work,
        maintain,
        vars,
        allowed,
        sources,
        models,
        hash);
  }

  /// Tags by table: a model's own; sources have theirs on columns.
  public Map<TableName, List<String>> tags() {
    return models.stream()
        .collect(
            java.util.stream.Collectors.toMap(
                ModelFile::table, model -> model.settings().tags(), (a, _) -> a));
  }
}
