package dev.tarn.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DriftTest {
  private TestProject project;

  @BeforeEach
  void open(@TempDir Path folder) {
    project = new TestProject(folder);
  }

  @AfterEach
  void close() {
    project.close();
  }

  @Test
  void new_columns_are_added_and_missing_ones_have_no_value() {
    project.file("1.csv", "a,b\n1,x\n");
    project.land("path: '*.csv'");
    project.file("2.csv", "c,a\ny,2\n");
    project.file("3.csv", "c,a\nz,3\n");

    Landing landing = project.land("path: '*.csv'");

    assertThat(project.columns()).containsExactly("a VARCHAR", "b VARCHAR", "c VARCHAR");
    assertThat(project.rows("SELECT a, b, c FROM {t} ORDER BY a"))
        .containsExactly("1|x|null", "2|null|y", "3|null|z");
    assertThat(project.drifts()).containsExactlyInAnyOrder("c added evolved", "b removed evolved");
    assertThat(landing.drifts()).hasSize(2);
  }

  @Test
  void drift_is_told_once() {
    project.file("1.csv", "a,b\n1,x\n");
    project.land("path: '*.csv'");
    project.file("2.csv", "a\n2\n");
    project.land("path: '*.csv'");
    project.file("3.csv", "a\n3\n");

    assertThat(project.land("path: '*.csv'").drifts()).isEmpty();
  }

  @Test
  void files_of_a_first_landing_drift_too() {
    project.file("1.csv", "a\n1\n").file("2.csv", "a,b\n2,x\n");

    project.land("path: '*.csv'");

    assertThat(project.drifts()).containsExactly("b added evolved");
    assertThat(project.rows("SELECT a, b FROM {t} ORDER BY a")).containsExactly("1|null", "2|x");
  }

  @Test
  void rejected_files_wait_until_the_settings_let_them_in() {
    project.file("1.csv", "a,b\n1,x\n");
    project.land("path: '*.csv'\non_drift: reject");
    project.file("2.csv", "a,b,c\n2,x,y\n");

    project.land("path: '*.csv'\non_drift: reject");
    assertThat(project.rows("SELECT a FROM {t}")).containsExactly("1");
    assertThat(project.drifts()).containsExactly("c added rejected");
    assertThat(project.land("path: '*.csv'\non_drift: reject").taken()).isZero();
    assertThat(project.warnings).hasSize(1);

    project.land("path: '*.csv'");
    assertThat(project.rows("SELECT a, c FROM {t} ORDER BY a")).containsExactly("1|null", "2|y");
  }

  @Test
  void ignored_columns_are_not_landed_but_logged() {
    project.file("1.csv", "a\n1\n").file("2.csv", "a,b\n2,x\n");

    project.land("path: '*.csv'\non_drift: ignore");

    assertThat(project.columns()).containsExactly("a VARCHAR");
    assertThat(project.rows("SELECT a FROM {t} ORDER BY a")).containsExactly("1", "2");
    assertThat(project.drifts()).containsExactly("b added ignored");
  }

  @Test
  void a_retyped_field_keeps_the_columns_type_and_misfits_are_kept_aside() {
    project.file("1.ndjson", "{\"a\":1,\"s\":{\"x\":1}}\n");
    project.land("path: '*.ndjson'");
    project.file(
        "2.ndjson",
        "{\"a\":\"7\",\"s\":{\"x\":2,\"y\":\"new\"}}\n{\"a\":\"many\",\"s\":null}\n{\"a\":2.5}\n");

    Landing landing = project.land("path: '*.ndjson'");

    assertThat(project.columns())
        .containsExactly("a BIGINT", "s STRUCT(\"x\" BIGINT, \"y\" VARCHAR)");
    assertThat(project.rows("SELECT a, s FROM {t} ORDER BY a"))
        .containsExactly("1|{x=1, y=null}", "7|{x=2, y=new}");
    assertThat(project.rows("SELECT line, reason FROM {rejected} ORDER BY line"))
        .containsExactly("2|'many' is no BIGINT", "3|'2.5' is no BIGINT");
    assertThat(project.drifts()).contains("a retyped rejected");
    assertThat(landing.rows() + landing.rejected()).isEqualTo(3);
  }
}
