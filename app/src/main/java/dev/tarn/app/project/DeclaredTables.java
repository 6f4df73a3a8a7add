package dev.tarn.app.project;

import dev.tarn.sql.BareStatement;
import dev.tarn.transform.ModelSettings;
import dev.tarn.transform.ModelText;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Layer;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Suggestions;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.settings.Node;
import dev.tarn.vocabulary.settings.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads `sources/` and `models/`. Folder and file names give layer and table names.
final class DeclaredTables {
  private static final Set<String> CONNECTORS = Set.of("files");

  private final ProjectFolder files;
  private final Variables variables;
  private final Problems problems;
  private final Map<TableName, String> declaredIn = new HashMap<>();

  DeclaredTables(ProjectFolder files, Variables variables, Problems problems) {
    this.files = files;
    this.variables = variables;
    this.problems = problems;
  }

  List<SourceFile> sources() {
    List<SourceFile> sources = new ArrayList<>();
    for (String file : files.below("sources", List.of(".yml", ".yaml"))) {
      int before = problems.all().size();
      Optional<Node> read = Yaml.read(file, 0, files.text(file), problems);
      TableName table = new TableName(Layer.BRONZE, stem(file));
      if (read.isEmpty()) {
        // What can't be read has been told already.
        if (problems.all().size() == before) {
          problems.add(Location.file(file), "the source is empty", "begin with  from: files");
        }
      } else if (declare(table, file)) {
        sources.add(
            source(table, file, Settings.block(variables.fill(read.get(), problems), problems)));
      }
    }
    return sources;
  }

  private SourceFile source(TableName table, String file, Settings settings) {
    String connector = settings.requiredText("from");
    if (!connector.isEmpty() && !CONNECTORS.contains(connector)) {
      settings.problem(
          "from",
          "there is no connector '" + connector + "'",
          Suggestions.didYouMean(connector, CONNECTORS));
    }
    return new SourceFile(table, file, connector, settings.at(), settings);
  }

  List<ModelFile> models() {
    List<ModelFile> models = new ArrayList<>();
    for (String file : files.below("models", List.of(".sql"))) {
      String[] parts = file.split("/");
      if (parts.length < 3) {
        problems.add(
            Location.file(file),
            "the model is in no layer",
            "move it to models/silver/ or models/gold/");
        continue;
      }
      model(parts[1], file).ifPresent(models::add);
    }
    return models;
  }

  private Optional<ModelFile> model(String layer, String file) {
    if (layer.equalsIgnoreCase(Layer.SYSTEM)) {
      problems.add(
          Location.file(file), "the layer system holds Tarn's own tables", "choose another layer");
      return Optional.empty();
    }
    TableName table = new TableName(layer, stem(file));
    if (!declare(table, file)) {
      return Optional.empty();
    }
    int before = problems.all().size();
    String whole = files.text(file);
    if (problems.all().size() > before) {
      return Optional.empty();
    }
    try {
      return Optional.of(model(table, file, ModelText.of(whole)));
    } catch (Failure failure) {
      problems.addAll(InFile.placed(failure.problems(), file));
      return Optional.empty();
    }
  }

  private ModelFile model(TableName table, String file, ModelText text) {
    String sql = BareStatement.of(variables.fillSql(text.sql(), file, 0, problems));
    if (sql.isBlank()) {
      throw Failure.input("the model has no SQL", "write one SELECT");
    }
    String settings = text.settings();
    return new ModelFile(
        table, file, sql, settings(file, text), Hashes.sha256(sql + "\0" + settings));
  }

  private ModelSettings settings(String file, ModelText text) {
    Location top = new Location(file, 1, 1);
    if (text.settings().isBlank()) {
      return ModelSettings.none(top, problems);
    }
    // The text begins after the two signs that open the comment; blanks keep columns as they are in
    // the file.
    Optional<Node> read = Yaml.read(file, text.settingsLine(), "  " + text.settings(), problems);
    return read.map(
            node -> ModelSettings.read(Settings.block(variables.fill(node, problems), problems)))
        .orElseGet(() -> ModelSettings.none(top, problems));
  }

  private boolean declare(TableName table, String file) {
    if (table.name().endsWith("__rejected") || table.name().endsWith("__quarantine")) {
      problems.add(
          Location.file(file),
          "names that end with __rejected or __quarantine are Tarn's own",
          "choose another name");
    }
    String earlier = declaredIn.putIfAbsent(table, file);
    if (earlier != null) {
      problems.add(
          Location.file(file),
          table + " is already declared in " + earlier,
          "rename one of the two files");
    }
    return earlier == null;
  }

  private String stem(String file) {
    String name = file.substring(file.lastIndexOf('/') + 1);
    String stem = name.substring(0, name.lastIndexOf('.'));
    if (stem.isBlank()) {
      throw Failure.input(file + " gives no table a name", "rename the file");
    }
    return stem;
  }
}
