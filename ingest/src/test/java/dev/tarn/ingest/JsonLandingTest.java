package dev.tarn.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JsonLandingTest {
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
  void json_keeps_its_own_types() {
    project.file(
        "a.ndjson",
        """
        {"i":1,"d":1.5,"b":true,"s":"x","o":{"p":1,"q":["a"]},"l":[1,2],"n":null}
        {"i":2,"d":2,"b":false,"s":"y","o":{"p":2,"r":"z"},"l":[],"n":null,"late":"7"}
        """);

    project.land("path: a.ndjson");

    assertThat(project.columns())
        .containsExactly(
            "i BIGINT",
            "d DOUBLE",
            "b BOOLEAN",
            "s VARCHAR",
            "o STRUCT(\"p\" BIGINT, \"q\" VARCHAR[], \"r\" VARCHAR)",
            "l BIGINT[]",
            "n VARCHAR",
            "late VARCHAR");
    assertThat(project.rows("SELECT i, d, o.q, o.r, l, late, _position FROM {t} ORDER BY i"))
        .containsExactly("1|1.5|[a]|null|[1, 2]|null|1", "2|2.0|null|z|[]|7|2");
  }

  @Test
  void different_kinds_in_one_field_become_text_as_they_stood() {
    project.file(
        "a.ndjson",
        """
        {"v":1.10,"w":{"k":1.0, "z":[1 , 2]},"big":12345678901234567890123}
        {"v":"x","w":"s","big":1}
        {"v":true,"w":[null,{}],"big":null}
        """);

    project.land("path: a.ndjson");

    assertThat(project.columns()).containsExactly("v VARCHAR", "w VARCHAR", "big VARCHAR");
    assertThat(project.rows("SELECT v, w, big FROM {t} ORDER BY _position"))
        .containsExactly(
            "1.10|{\"k\":1.0, \"z\":[1 , 2]}|12345678901234567890123",
            "x|s|1",
            "true|[null,{}]|null");
  }

  @Test
  void lines_that_are_no_objects_are_kept_aside() {
    project.file(
        "a.ndjson",
        "{\"a\":1}\n{\"a\":2\n{\"a\":3,\"a\":4}\n[5]\n\n{\"a\":6} x\n{\"a\":\"\\ud800\"}\n{\"a\":08}\n{\"a\":9}\n{\"a\":{\"b\"");

    Landing landing = project.land("path: a.ndjson");

    assertThat(project.columns()).containsExactly("a BIGINT");
    assertThat(project.rows("SELECT a, _position FROM {t} ORDER BY a"))
        .containsExactly("1|1", "9|2");
    assertThat(project.rows("SELECT line, reason FROM {rejected} ORDER BY line"))
        .containsExactly(
            "2|the JSON is cut off, at byte 7",
            "3|the key 'a' is there twice, at byte 11",
            "4|it is not a JSON object",
            "6|there is more after the JSON object, at byte 9",
            "7|a text has half a character (a lone surrogate), at byte 7",
            "8|a value is neither text, number, true, false, null, object nor list, at byte 6",
            "10|the JSON is cut off, at byte 10");
    assertThat(landing.rows() + landing.rejected()).isEqualTo(9);
  }

  @Test
  void documents_are_taken_apart_into_rows() {
    project.file("list.json", "[ {\"a\": 1,\n \"b\": \"x, ]y\"} ,\n{\"a\":2}\n]");
    project.file("many.json", "{\"a\": 3\n}\n{\"a\": 4}");
    project.file(
        "deep.json", "{\"meta\":{\"rows\":[0]},\"data\":{\"rows\":[{\"a\":5},{\"a\":6}]}}");

    project.land("path: [list.json, many.json]");
    project.land("path: deep.json\nrows: data.rows");

    assertThat(project.rows("SELECT a, b, _source, _position FROM {t} ORDER BY a"))
        .containsExactly(
            "1|x, ]y|list.json|1",
            "2|null|list.json|2",
            "3|null|many.json|1",
            "4|null|many.json|2",
            "5|null|deep.json|1",
            "6|null|deep.json|2");
  }

  @Test
  void a_document_cut_in_the_middle_lands_its_whole_rows() {
    project.file("a.json", "[{\"a\":1},{\"a\":2},{\"a\":");
    project.file("b.json", "[{\"a\":3},{\"a\":4}");

    project.land("path: '*.json'");

    assertThat(project.rows("SELECT a FROM {t} ORDER BY a")).containsExactly("1", "2", "3", "4");
    assertThat(project.rows("SELECT _source, reason FROM {rejected} ORDER BY ALL"))
        .containsExactly(
            "a.json|the JSON is cut off after element 3: its list is not closed",
            "a.json|the JSON is cut off, at byte 6",
            "b.json|the JSON is cut off after element 2: its list is not closed");
  }

  @Test
  void an_object_with_one_list_suggests_where_the_rows_are() {
    project.file("a.json", "{\"type\":\"x\",\"features\":[{\"a\":1},{\"a\":2}]}");

    project.land("path: a.json");

    assertThat(project.warnings)
        .containsExactly(
            "'a.json' is one object; for a row per element of its list add  rows: features");
  }

  @Test
  void depth_has_a_limit_and_a_hundred_levels_are_none() {
    String hundred = "{\"a\":".repeat(100) + "1" + "}".repeat(100);
    String thousand = "{\"a\":".repeat(1000) + "1" + "}".repeat(1000);
    project.file("a.ndjson", hundred + "\n" + thousand + "\n");

    Landing landing = project.land("path: a.ndjson");

    assertThat(landing.rows()).isEqualTo(1);
    assertThat(project.rows("SELECT length(a::VARCHAR) > 400 FROM {t}")).containsExactly("true");
    assertThat(project.rows("SELECT reason LIKE '%more than 500 deep%' FROM {rejected}"))
        .containsExactly("true");
  }

  @Test
  void keys_that_differ_by_case_are_one_column() {
    project.file("a.ndjson", "{\"Id\":1,\"_source\":\"mine\"}\n{\"id\":2,\"\":\"nameless\"}\n");

    project.land("path: a.ndjson");

    assertThat(project.rows("SELECT \"Id\", \"_source_2\", \"_\" FROM {t} ORDER BY 1"))
        .containsExactly("1|mine|null", "2|null|nameless");
  }

  @Test
  void a_contract_types_json_and_keeps_misfits_aside() {
    project.file(
        "a.ndjson", "{\"id\":1,\"n\":\"12\"}\n{\"id\":2.5,\"n\":\"x\"}\n{\"id\":3,\"n\":null}\n");

    project.land("path: a.ndjson\ncolumns: {id: bigint, n: integer}");

    assertThat(project.columns()).containsExactly("id BIGINT", "n INTEGER");
    assertThat(project.rows("SELECT id, n FROM {t} ORDER BY id")).containsExactly("1|12", "3|null");
    assertThat(project.rows("SELECT line, column_name, text FROM {rejected}"))
        .containsExactly("2|id|{\"id\":2.5,\"n\":\"x\"}");
  }
}
