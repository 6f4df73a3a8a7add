package dev.tarn.app.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.sql.SqlParser;
import dev.tarn.transform.ModelText;
import dev.tarn.vocabulary.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The models of the example, as Tarn's own parser reads them.
class ShopModelsTest {

  private static final Path PROJECT = Path.of("../examples/shop");

  @Test
  void every_model_reads_only_tables_that_the_project_makes() throws IOException {
    var models = models();
    var made = new TreeSet<String>(models.keySet());
    try (var sources = Files.list(PROJECT.resolve("sources"))) {
      sources.forEach(
          source -> made.add("bronze." + source.getFileName().toString().replace(".yml", "")));
    }

    try (var parser = new SqlParser()) {
      for (var model : models.entrySet()) {
        var reads =
            parser.parse(model.getValue()).tables().stream()
                .flatMap(reference -> reference.table().stream())
                .map(TableName::toString)
                .toList();

        assertThat(reads).as(model.getKey()).isNotEmpty().isSubsetOf(made);
      }
    }
  }

  @Test
  void every_model_describes_itself() throws IOException {
    for (var layer : new String[] {"silver", "gold"}) {
      try (var files = Files.list(PROJECT.resolve("models").resolve(layer))) {
        for (var file : files.toList()) {
          assertThat(ModelText.of(Files.readString(file)).settings())
              .as(file.toString())
              .contains("description:", "key:", "checks:", "- unique:");
        }
      }
    }
  }

  private static Map<String, String> models() throws IOException {
    var models = new TreeMap<String, String>();
    for (var layer : new String[] {"silver", "gold"}) {
      try (var files = Files.list(PROJECT.resolve("models").resolve(layer))) {
        for (var file : files.toList()) {
          var name = layer + "." + file.getFileName().toString().replace(".sql", "");
          models.put(name, ModelText.of(Files.readString(file)).sql());
        }
      }
    }
    return models;
  }
}
