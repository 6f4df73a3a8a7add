package dev.tarn.app.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.transform.Materialize;
import dev.tarn.vocabulary.ByteSize;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectReaderTest {
  @TempDir Path folder;
  private final Problems problems = new Problems();
  private Map<String, String> variables = Map.of();

  @Test
  void only_tarn_yml_is_needed() {
    file("tarn.yml", "name: shop\n");

    Project project = read("");

    assertThat(problems.all()).isEmpty();
    assertThat(project.name()).isEqualTo("shop");
    assertThat(project.lake().warehouse()).isEqualTo(folder.resolve(".tarn/lake"));
    assertThat(project.work().engine()).isEqualTo("duckdb");
    assertThat(project.work().memory()).isEqualTo(new ByteSize(6_000_000_000L));
  }

  @Test
  void a_folder_without_tarn_yml_says_what_to_do() {
    assertThatThrownBy(() -> read(""))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("tarn init DIR");
  }

  @Test
  void an_environment_is_laid_over_the_project_block_by_block() {
    file(
        "tarn.yml",
        """
        name: shop
        lake: {warehouse: here, metadata: a.db}
        environments:
          prod:
            lake: {metadata: b.db}
            memory: 1GB
        """);

    Project project = read("prod");

    assertThat(project.lake().warehouse()).isEqualTo(folder.resolve("here"));
    assertThat(project.lake().metadata()).isEqualTo("b.db");
    assertThat(project.work().memory()).isEqualTo(new ByteSize(1_000_000_000));
  }

  @Test
  void an_unknown_environment_is_a_problem_with_a_guess() {
    file("tarn.yml", "name: shop\nenvironments: {prod: {memory: 1GB}}\n");

    read("prd");

    assertThat(problems.all()).extracting(Problem::fix).containsExactly("did you mean 'prod'?");
  }

  @Test
  void all_problems_are_found_at_once_with_their_places() {
    file("tarn.yml", "nmae: shop\nmemory: lots\nlake:\n  warehuose: x\n");
    file("models/orders.sql", "SELECT 1");
    file("models/silver/a.sql", "/*\nkey: [id\n*/ SELECT 1");

    read("");

    assertThat(problems.all())
        .extracting(problem -> problem.where().map(Object::toString).orElse(""))
        .contains("tarn.yml:1:1", "tarn.yml:2:9", "tarn.yml:4:3", "models/orders.sql");
    assertThat(problems.all())
        .extracting(Problem::what)
        .anyMatch(what -> what.contains("not YAML"));
  }

  @Test
  void anchors_tags_and_twice_written_keys_are_refused() {
    file("tarn.yml", "name: &a shop\nvars: {x: *a}\nmemory: !!int 5\nname: again\n");

    read("");

    assertThat(problems.all())
        .extracting(Problem::what)
        .anyMatch(what -> what.startsWith("anchors"))
        .anyMatch(what -> what.startsWith("aliases"))
        .anyMatch(what -> what.startsWith("tags"))
        .anyMatch(what -> what.contains("a second time"));
  }

  @Test
  void variables_fill_settings_and_sql() throws IOException {
    variables = Map.of("SHOP_DB", "x.db");
    file("secret.txt", "s3cret\n");
    file(
        "tarn.yml",
        "name: shop\nvars: {currency: \"E'UR\", least: 5}\nlake: {metadata: \"${env:SHOP_DB}\", password: \"${file:secret.txt}\"}\n");
    file(
        "models/silver/a.sql",
        "SELECT '${var.currency}' AS a, ${var.currency} AS b, ${var.least} AS c -- it's\n, '${var.least}'");

    Project project = read("");

    assertThat(problems.all()).isEmpty();
    assertThat(project.lake().metadata()).isEqualTo("x.db");
    assertThat(project.lake().password()).contains("s3cret");
    assertThat(project.lake().toString()).doesNotContain("s3cret");
    assertThat(project.models().getFirst().sql())
        .isEqualTo("SELECT 'E''UR' AS a, 'E''UR' AS b, 5 AS c -- it's\n, '5'");
  }

  @Test
  void secrets_cannot_stand_in_sql_and_missing_values_are_named() {
    file("tarn.yml", "name: shop\nvars: {currency: EUR}\nlake: {metadata: \"${env:NOT_THERE}\"}\n");
    file("models/silver/a.sql", "SELECT\n  ${env:HOME}, ${var.curency}");

    read("");

    assertThat(problems.all())
        .extracting(problem -> problem.where().orElseThrow().toString())
        .contains("models/silver/a.sql:2:3", "models/silver/a.sql:2:16");
    assertThat(problems.all())
        .extracting(Problem::fix)
        .contains("did you mean 'currency'?", "export NOT_THERE=…");
  }

  @Test
  void folders_and_files_name_layers_and_tables() {
    file("tarn.yml", "name: shop\n");
    file("sources/Orders.yml", "from: files\npath: x.csv\n");
    file("models/gold/Daily.sql", "/* materialize: view */ SELECT 1");

    Project project = read("");

    assertThat(project.sources().getFirst().table()).hasToString("bronze.orders");
    assertThat(project.models().getFirst().table()).hasToString("gold.daily");
    assertThat(project.models().getFirst().settings().materialize()).isEqualTo(Materialize.VIEW);
  }

  @Test
  void a_table_declared_twice_is_a_problem() {
    file("tarn.yml", "name: shop\n");
    file("sources/orders.yml", "from: files\npath: x.csv\n");
    file("models/bronze/orders.sql", "SELECT 1");

    read("");

    assertThat(problems.all())
        .extracting(Problem::what)
        .containsExactly("bronze.orders is already declared in sources/orders.yml");
  }

  @Test
  void names_that_tarn_needs_itself_are_refused() {
    file("tarn.yml", "name: shop\n");
    file("models/silver/a__quarantine.sql", "SELECT 1");
    file("models/system/runs.sql", "SELECT 1");

    read("");

    assertThat(problems.all()).hasSize(2);
  }

  @Test
  void a_file_that_is_not_utf_8_is_named() throws IOException {
    file("tarn.yml", "name: shop\n");
    Files.createDirectories(folder.resolve("models/silver"));
    Files.write(
        folder.resolve("models/silver/a.sql"), "SELECT 'é'".getBytes(StandardCharsets.ISO_8859_1));

    read("");

    assertThat(problems.all()).extracting(Problem::fix).contains("save it as UTF-8");
  }

  @Test
  void the_hash_tells_versions_apart() {
    file("tarn.yml", "name: shop\n");
    file("models/silver/a.sql", "SELECT 1");
    String before = read("").hash();
    String same = read("").hash();
    file("models/silver/a.sql", "SELECT 2");

    assertThat(same).isEqualTo(before);
    assertThat(read("").hash()).isNotEqualTo(before);
  }

  private Project read(String environment) {
    Optional<String> chosen = Optional.of(environment).filter(name -> !name.isEmpty());
    return new ProjectReader(
            folder, chosen, variables, new Machine(2, new ByteSize(10_000_000_000L)))
        .read(problems);
  }

  private void file(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
