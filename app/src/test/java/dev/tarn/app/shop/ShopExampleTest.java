package dev.tarn.app.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.app.TarnShell;
import dev.tarn.vocabulary.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopExampleTest {

  private static final Path REPOSITORY = Path.of("../examples/shop");

  @TempDir Path folder;

  @Test
  void the_example_is_the_project_of_the_repository_with_data() throws IOException {
    var shop = folder.resolve("my shop");

    var manifest = ShopExample.writeTo(shop, 0.01, 42);

    var expected = files(REPOSITORY);
    assertThat(files(shop))
        .isEqualTo(expected)
        .contains("tarn.yml", "models/gold/daily_revenue.sql", ".gitignore");
    assertThat(shop.resolve("tarn.yml")).hasSameTextualContentAs(REPOSITORY.resolve("tarn.yml"));
    assertThat(shop.resolve("data/MANIFEST.json")).hasContent(manifest.toJson());
  }

  @Test
  void every_source_has_its_files() throws IOException {
    ShopExample.writeTo(folder, 0.01, 42);

    try (var sources = Files.list(folder.resolve("sources"))) {
      for (var source : sources.toList()) {
        var name = source.getFileName().toString().replace(".yml", "");
        assertThat(folder.resolve("data").resolve(name)).isNotEmptyDirectory();
      }
    }
  }

  @Test
  void its_unit_tests_pass() {
    ShopExample.writeTo(folder, 0.01, 42);

    var test = new TarnShell(folder).run("test");

    assertThat(test.status()).as(test.out() + test.err()).isZero();
    assertThat(test.out()).contains("✓ 7 tests passed in ");
  }

  @Test
  void a_folder_with_a_project_is_left_alone() throws IOException {
    Files.writeString(folder.resolve("tarn.yml"), "name: mine\n");

    assertThatThrownBy(() -> ShopExample.writeTo(folder, 0.01, 42))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("holds a project already");
    assertThat(folder.resolve("tarn.yml")).hasContent("name: mine\n");
  }

  private static Set<String> files(Path project) throws IOException {
    var names = new TreeSet<String>();
    try (var files = Files.walk(project)) {
      files
          .filter(Files::isRegularFile)
          .map(file -> project.relativize(file).toString())
          .filter(name -> !name.startsWith("data/") && !name.startsWith(".tarn/"))
          .forEach(names::add);
    }
    return names;
  }
}
