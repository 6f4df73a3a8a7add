package dev.tarn.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tarn.lake.LakeTable;
import dev.tarn.vocabulary.ColumnTags;
import dev.tarn.vocabulary.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sources whose files have not come yet, or can't be read.
class AwaitedFilesTest {
  private static final String CONTRACT =
      """
      path: data/*.csv
      columns:
        id: {type: bigint, required: true}
        email: {type: text, tags: [pii.email, contact]}
      """;

  @TempDir Path folder;
  private TestProject project;

  @BeforeEach
  void open() {
    project = new TestProject(folder);
  }

  @AfterEach
  void close() {
    project.close();
  }

  @Test
  void a_contract_makes_the_empty_table_before_any_file_has_come() {
    Landing first = project.land(CONTRACT);
    Landing second = project.land(CONTRACT);

    assertThat(first.changed()).isTrue();
    assertThat(first.rows()).isZero();
    assertThat(second.changed()).isFalse();
    assertThat(project.columns()).containsExactly("id BIGINT", "email VARCHAR");
    assertThat(project.rows("SELECT count(*) FROM {t}")).containsExactly("0");
  }

  @Test
  void the_first_file_lands_in_the_table_that_awaited_it() {
    project.land(CONTRACT);

    project.file("data/a.csv", "id,email\n1,a@b.c\nx,d@e.f\n");
    Landing landing = project.land(CONTRACT);

    assertThat(landing.rows()).isEqualTo(1);
    assertThat(landing.rejected()).isEqualTo(1);
    assertThat(landing.drifts()).isEmpty();
    assertThat(project.rows("SELECT id, email FROM {t}")).containsExactly("1|a@b.c");
  }

  @Test
  void a_type_that_the_first_file_is_to_tell_is_not_guessed() {
    Landing landing = project.land("path: data/*.json\ncolumns:\n  id: bigint\n  what:\n");

    assertThat(landing.changed()).isFalse();
    assertThat(project.lake.find(TestProject.TABLE)).isEmpty();
  }

  @Test
  void tags_of_columns_stand_in_the_table_as_long_as_they_are_declared() {
    project.land(CONTRACT);

    assertThat(ColumnTags.of("email", properties())).containsExactly("pii.email", "contact");
    assertThat(ColumnTags.of("id", properties())).isEmpty();

    project.file("data/a.csv", "id,email\n1,a@b.c\n");
    project.land(CONTRACT.replace(", tags: [pii.email, contact]", ""));

    assertThat(properties().keySet()).noneMatch(ColumnTags::isProperty);
  }

  @Test
  void what_can_be_read_lands_and_what_cannot_is_a_failure() throws IOException {
    project.file("data/open/a.csv", "id\n1\n").file("data/shut/b.csv", "id\n2\n");
    Path shut = folder.resolve("data/shut");
    Files.setPosixFilePermissions(shut, PosixFilePermissions.fromString("---------"));
    try {
      assumeThat(Files.isReadable(shut)).as("the superuser may read all").isFalse();

      assertThatThrownBy(() -> project.land("path: data/**/*.csv"))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("can't look into 'data/shut'")
          .hasMessageContaining("let the user that runs Tarn read it");
      assertThat(project.rows("SELECT id FROM {t}")).containsExactly("1");
    } finally {
      Files.setPosixFilePermissions(shut, PosixFilePermissions.fromString("rwx------"));
    }
    project.land("path: data/**/*.csv");

    assertThat(project.rows("SELECT id FROM {t} ORDER BY 1")).containsExactly("1", "2");
  }

  @Test
  void a_file_that_nobody_may_read_is_a_failure_and_lands_once_it_may_be() throws IOException {
    project.file("data/a.csv", "id\n1\n").file("data/b.csv", "id\n2\n");
    Path shut = folder.resolve("data/b.csv");
    Files.setPosixFilePermissions(shut, PosixFilePermissions.fromString("---------"));
    assumeThat(Files.isReadable(shut)).as("the superuser may read all").isFalse();

    assertThatThrownBy(() -> project.land("path: data/*.csv"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("'data/b.csv' can't be read");
    Files.setPosixFilePermissions(shut, PosixFilePermissions.fromString("rw-------"));
    project.land("path: data/*.csv");

    assertThat(project.rows("SELECT id FROM {t} ORDER BY 1")).containsExactly("1", "2");
  }

  private Map<String, String> properties() {
    return project.lake.find(TestProject.TABLE).map(LakeTable::properties).orElseThrow();
  }
}
