package dev.tarn.app.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell;
import dev.tarn.app.TarnShell.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `tarn test --update` writes what comes out, and leaves everything else as it stands.
class ExpectationUpdateTest {
  @TempDir Path folder;
  private TarnShell tarn;

  @BeforeEach
  void a_model() {
    tarn =
        new TarnShell(folder)
            .file("tarn.yml", "name: small\n")
            .file(
                "sources/raw.yml",
                "from: files\npath: x/*.csv\ncolumns: {id: bigint, name: varchar, at: timestamp, n: \"decimal(9,2)\"}\n")
            .file(
                "models/silver/things.sql",
                """
                /*
                key: id
                checks:
                  - {range: {n: {min: 0}}, on_fail: quarantine}
                  - unique: id
                */
                SELECT id, name, "at", n, [name, NULL] AS names, {n: n} AS s, CAST(n AS DOUBLE) / 3 AS third,
                  CAST("at" AS TIMESTAMPTZ) AS zoned, NULL::DATE AS never
                FROM bronze.raw ORDER BY id
                """);
  }

  private void becomes(String before, String after) throws IOException {
    tarn.file("tests/a.yml", before);

    Answer update = tarn.run("test", "--update");

    assertThat(update.status()).as(update.out() + update.err()).isZero();
    assertThat(update.err()).contains("wrote tests/a.yml");
    assertThat(folder.resolve("tests/a.yml")).hasContent(after);
    Answer again = tarn.run("test", "--update");
    assertThat(again.status()).as(again.out()).isZero();
    assertThat(again.err()).doesNotContain("wrote", "updated");
    assertThat(Files.list(folder.resolve("tests")))
        .allMatch(file -> !file.toString().contains(".new"));
  }

  private static final String GIVEN =
      """
      # Things 😀.
      - name: three 😀 of them
        model: silver.things
        given:
          bronze.raw:
            - {id: 1, name: a, n: 1}
            - {id: 2, name: "b: #", n: 2.5, at: 2024-01-01}
            - {id: 3, n: -3}
      """;

  @Test
  void only_the_values_that_differ_are_written() throws IOException {
    becomes(
        GIVEN
            + """
              expect:
                ordered: false # any order
                rows:
                  # the first
                  - {id: 1, names: ["😀ä", null], name: z,   n: 1.00} # was 😀
                  - id: 2      # in lines
                    name: other
                    n: 2.5
                    names: ["b: #", ~]
                  - {id: 3, name: null, n: -3, names: [null, null]}
            # the end
            """,
        GIVEN
            + """
              expect:
                ordered: false # any order
                rows:
                  # the first
                  - {id: 1, names: [a, null], name: a,   n: 1.00} # was 😀
                  - id: 2      # in lines
                    name: "b: #"
                    n: 2.5
                    names: ["b: #", ~]
                  - {id: 3, name: null, n: -3, names: [null, null]}
            # the end
            """);
  }

  @Test
  void rows_are_taken_out_with_their_line_and_added_at_the_end() throws IOException {
    becomes(
        GIVEN
            + """
              expect:
              - {id: 7, name: gone, n: 0} # never there
              - id: 1
                name: a
              # about two
              - {id: 2}

            - name: next
              model: silver.things
              expect: {count: 0}
            """,
        GIVEN
            + """
              expect:
              - id: 1
                name: a
                n: 1.00
              # about two
              - {id: 2, name: "b: #", n: 2.50}
              - {id: 3, name: null, n: -3.00}

            - name: next
              model: silver.things
              expect: {count: 0}
            """);
  }

  @Test
  void what_is_not_expected_yet_is_written_in_full() throws IOException {
    becomes(
        GIVEN
            + """
              expect:

            - name: none
              model: silver.things # nothing given
            - {name: short, model: silver.things, given: {bronze.raw: [{id: 5, name: "007"}]}}
            """,
        GIVEN
            + """
              expect:
                - {id: 1, name: a, at: null, n: 1.00, names: [a, null], s: {n: 1.00}, third: 0.3333333333333333, zoned: null}
                - {id: 2, name: "b: #", at: 2024-01-01 00:00:00, n: 2.50, names: ["b: #", null], s: {n: 2.50}, third: 0.8333333333333334, zoned: 2024-01-01T00:00:00Z}
                - {id: 3, name: null, at: null, n: -3.00, names: [null, null], s: {n: -3.00}, third: -1.0, zoned: null}

            - name: none
              model: silver.things # nothing given
              expect: []
            - {name: short, model: silver.things, given: {bronze.raw: [{id: 5, name: "007"}]}, expect: [{id: 5, name: "007", names: ["007", null], s: {n: null}}]}
            """);
  }

  @Test
  void counts_checks_quarantine_and_rows_in_brackets_are_written() throws IOException {
    becomes(
        GIVEN
            + """
              expect:
                count: 9 # rows
                rows: [{id: 1}, {id: 4}]
                quarantined: 0
                checks: {range_n: passed, unique_id: {failed: 3}}
            - name: all checks
              model: silver.things
              now: 2024-01-01
              given: {bronze.raw: [{id: 1, n: -1}]}
              expect:
                rows: []
                quarantined: []
                checks: passed
            """,
        GIVEN
            + """
              expect:
                count: 2 # rows
                rows: [{id: 1}, {id: 2}]
                quarantined: 1
                checks: {range_n: {quarantined: 1}, unique_id: passed}
            - name: all checks
              model: silver.things
              now: 2024-01-01
              given: {bronze.raw: [{id: 1, n: -1}]}
              expect:
                rows: []
                quarantined:
                  - {id: 1, name: null, at: null, n: -1.00, names: [null, null], s: {n: -1.00}, third: -0.3333333333333333, zoned: null, never: null, _failed_checks: [range_n], _run: "00000000000000000000000000", _quarantined_at: 2024-01-01T00:00:00Z}
                checks: {range_n: {quarantined: 1}}
            """);
  }

  @Test
  void order_is_written_when_it_counts() throws IOException {
    becomes(
        GIVEN
            + """
              expect:
                ordered: true
                rows:
                  - {id: 3}
                  - {id: 1}
            """,
        GIVEN
            + """
              expect:
                ordered: true
                rows:
                  - {id: 1}
                  - {id: 2}
                  - {id: 3}
            """);
  }

  @Test
  void csv_is_written_where_it_stands_and_in_its_file() throws IOException {
    tarn.file("tests/out.csv", "id,name\n1,a\n");
    becomes(
        GIVEN
            + """
              expect:
                csv: |
                  id, name, names
                  4, x,

            # then
            - name: in a file
              model: silver.things
              given: {bronze.raw: [{id: 1, name: "x, y"}, {id: 2, name: ""}, {id: 3}]}
              expect: {file: out.csv}
            """,
        GIVEN
            + """
              expect:
                csv: |
                  id,name,names
                  1,a,"[""a"",null]"
                  2,b: #,"[""b: #"",null]"
                  3,,"[null,null]"

            # then
            - name: in a file
              model: silver.things
              given: {bronze.raw: [{id: 1, name: "x, y"}, {id: 2, name: ""}, {id: 3}]}
              expect: {file: out.csv}
            """);

    assertThat(folder.resolve("tests/out.csv")).hasContent("id,name\n1,\"x, y\"\n2,\"\"\n3,\n");
  }

  @Test
  void what_others_wrote_is_left_to_them() {
    tarn.file(
        "tests/a.yml",
        """
        - name: sql
          model: silver.things
          expect: {sql: SELECT 1 AS id}
        - name: error
          model: silver.things
          expect: {error: x}
        - name: fine
          model: silver.things
          expect: {count: 1}
        """);

    Answer update = tarn.run("test", "--update", "--json");

    assertThat(update.status()).isEqualTo(1);
    assertThat(update.out())
        .contains("\"updated\":[\"tests/a.yml\"]", "\"state\":\"updated\"", "\"failed\":2");
  }

  @Test
  void only_chosen_tests_are_written() throws IOException {
    tarn.file("models/silver/other.sql", "SELECT 1 AS one");
    tarn.file(
        "tests/a.yml",
        "- {name: a, model: silver.other, expect: [{one: 2}]}\n- {name: b, model: silver.things, expect: {count: 5}}\n");

    Answer update = tarn.run("test", "--update", "silver.other");

    assertThat(update.status()).isZero();
    assertThat(folder.resolve("tests/a.yml"))
        .hasContent(
            "- {name: a, model: silver.other, expect: [{one: 1}]}\n- {name: b, model: silver.things, expect: {count: 5}}\n");
  }
}
