package dev.tarn.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.vocabulary.Consumed;
import dev.tarn.vocabulary.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExactlyOnceTest {
  private static final String ANY = "path: data/**.csv\n";
  private TestProject project;
  private Path folder;

  @BeforeEach
  void open(@TempDir Path folder) {
    this.folder = folder;
    project = new TestProject(folder);
  }

  @AfterEach
  void close() {
    project.close();
  }

  @Test
  void a_file_is_taken_once_whatever_it_is_called() {
    project.file("data/a.csv", "a\n1\n").file("data/sub dir/it's \"ü\".csv", "a\n1\n");

    Landing first = project.land(ANY);
    Landing second = project.land(ANY);

    assertThat(first.taken()).isEqualTo(1);
    assertThat(second).isEqualTo(Landing.nothing(TestProject.TABLE));
    assertThat(project.rows("SELECT a, _source FROM {t}")).containsExactly("1|data/a.csv");
    assertThat(project.lake.consumed(TestProject.TABLE).stream().map(Consumed::outcome))
        .containsExactly("taken", "same");
  }

  @Test
  void a_changed_file_is_a_new_version() {
    project.file("data/a.csv", "a\n1\n");
    project.land(ANY);
    project.file("data/a.csv", "a\n1\n2\n");

    project.land(ANY);

    assertThat(project.rows("SELECT a, _position FROM {t} ORDER BY a, 2"))
        .containsExactly("1|1", "1|1", "2|2");
    assertThat(project.lake.consumed(TestProject.TABLE))
        .extracting(Consumed::item)
        .containsExactly("data/a.csv", "data/a.csv");
  }

  @Test
  void raw_files_are_kept_byte_for_byte_or_not_at_all() throws IOException {
    project.file("data/a.csv", "a\n1\n");

    project.land(ANY);
    String version = project.lake.consumed(TestProject.TABLE).getFirst().version();
    Path kept =
        project
            .lake
            .raw()
            .resolve(version.substring(0, 2))
            .resolve(version.substring(2, 4))
            .resolve(version);
    assertThat(kept).hasContent("a\n1\n");

    project.file("data/b.csv", "a\n2\n");
    project.land(ANY + "keep_raw: false\n");
    try (Stream<Path> files = Files.walk(project.lake.raw())) {
      assertThat(files.filter(Files::isRegularFile)).containsExactly(kept);
    }
  }

  @Test
  void nothing_is_published_when_errors_are_to_fail() {
    project.file("data/a.csv", "a,b\n1,x\n2\n");

    assertThatThrownBy(() -> project.land(ANY + "on_error: fail\n"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("data/a.csv:3  it has 1 field, not 2");
    assertThat(project.lake.tables()).isEmpty();
    assertThat(project.lake.consumed(TestProject.TABLE)).isEmpty();
  }

  @Test
  void links_in_a_circle_and_links_to_nowhere_are_no_trouble() throws IOException {
    project.file("data/a.csv", "a\n1\n");
    Files.createSymbolicLink(folder.resolve("data/loop"), folder.resolve("data"));
    Files.createSymbolicLink(folder.resolve("data/gone.csv"), folder.resolve("nowhere.csv"));

    assertThat(project.land(ANY).rows()).isEqualTo(1);
  }
}
