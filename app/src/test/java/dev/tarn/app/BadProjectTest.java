package dev.tarn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell.Answer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person gets who wrote something wrong: all of it, with its place and what to do.
class BadProjectTest {
  @TempDir Path folder;
  private TarnShell tarn;

  @BeforeEach
  void a_project() {
    tarn =
        new TarnShell(folder)
            .file("tarn.yml", "name: small\n")
            .file("sources/orders.yml", "from: files\npath: data/o*.csv\n")
            .file("data/o.csv", "id,amount\n1,2\n");
  }

  @Test
  void a_connector_that_is_not_known_hides_no_other_fault_of_its_file() {
    tarn.file(
            "sources/slip.yml",
            "from: filse\npath: data/o*.csv\nformt: csv\non_drift: evlove\ncolumns: {a: bigintt}\n")
        .file("sources/other.yml", "from: kafka\ntopic: x\ncolums: {}\nfresh: soon\n")
        .file("sources/none.yml", "From: files\npath: data/o*.csv\n");

    assertThat(problems())
        .contains(
            "sources/slip.yml:1:1  there is no connector 'filse' did you mean 'files'?",
            "sources/slip.yml:3:1  unknown key 'formt' did you mean 'format'?",
            "sources/slip.yml:4:11  'on_drift' can't be 'evlove' did you mean 'evolve'?",
            "sources/slip.yml:5:14  'bigintt' is not a type did you mean 'bigint'?",
            "sources/other.yml:1:1  there is no connector 'kafka' known: files",
            "sources/other.yml:3:1  unknown key 'colums' did you mean 'columns'?",
            "sources/other.yml:4:8  'fresh' must be a time such as 30s, 15m, 24h or 7d, not 'soon'",
            "sources/none.yml:1:1  unknown key 'From' did you mean 'from'?")
        .doesNotContain("topic");
  }

  @Test
  void what_is_no_yaml_is_told_once() {
    tarn.file("sources/tabs.yml", "from: files\n\tpath: x\n")
        .file("sources/nothing.yml", "# nothing\n")
        .file("models/silver/open.sql", "/* key: id\nSELECT 1 AS id\n");

    assertThat(problems())
        .contains(
            "sources/tabs.yml:2:1  this is not YAML",
            "sources/nothing.yml  the source is empty",
            "models/silver/open.sql:1:1  the comment that begins here has no end close it with */")
        .doesNotContain("tabs.yml  the source is empty");
  }

  @Test
  void what_tarn_yml_says_of_the_lake_and_of_environments_is_told_with_its_place() {
    tarn.file(
        "tarn.yml",
        """
        name: ""
        lake:
          warehouse: data/o.csv
          metadata: jdbc:mysql://x
        environments:
          prod: {lak: {}}
          dev: [a]
        """);

    assertThat(problems())
        .contains(
            "tarn.yml:1:1  'name' is empty",
            "tarn.yml:3:3  'data/o.csv' is a file name a folder",
            "tarn.yml:4:3  the metadata database cannot be 'jdbc:mysql://x'",
            "tarn.yml:6:10  unknown key 'lak' did you mean 'lake'?",
            "tarn.yml:7:8  expected keys and values, found a list");
    assertThat(folder.resolve(".tarn")).doesNotExist();
  }

  @Test
  void a_model_that_reads_files_is_refused_before_the_engine_sees_it() {
    tarn.file("models/silver/a.sql", "SELECT * FROM read_csv('nowhere.csv')")
        .file("models/silver/b.sql", "SELECT * FROM 'nowhere.csv'")
        .file("models/silver/c.sql", "SELECT * FROM system.runs")
        .file("models/silver/d.sql", "SELECT * FROM silver.a");

    assertThat(problems())
        .contains(
            "models/silver/a.sql:1:15  'read_csv' reads files by itself",
            "models/silver/b.sql:1:15  this reads the file 'nowhere.csv' by itself",
            "models/silver/c.sql:1:15  'system.runs' can be asked, but not read by a model")
        .doesNotContain("No files found", "is not a table of the lake", "d.sql");
  }

  @Test
  void a_project_that_allows_files_reads_them_by_name_too() {
    Path file = folder.resolve("data/o.csv");
    tarn.file("tarn.yml", "name: small\nallow: [files]\n")
        .file("models/silver/a.sql", "SELECT * FROM '" + file + "'")
        .file("models/silver/b.sql", "SELECT * FROM read_csv('" + file + "')");

    Answer run = tarn.run("run");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(tarn.rows("FROM silver.a")).containsExactly("1,2");
    assertThat(tarn.rows("FROM silver.b")).containsExactly("1,2");
  }

  @Test
  void a_glob_without_files_is_a_warning_and_a_file_that_is_named_is_not() {
    tarn.file("sources/later.yml", "from: files\npath: later/*.csv\ncolumns: {id: bigint}\n")
        .file("models/silver/later.sql", "SELECT id, id + 1 AS next FROM bronze.later");

    Answer check = tarn.run("check");
    Answer run = tarn.run("run");

    assertThat(check.status()).as(check.err()).isZero();
    assertThat(check.err())
        .contains("sources/later.yml  bronze.later is empty: no file has come yet");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(tarn.rows("SELECT count(*), typeof(any_value(id)) FROM bronze.later"))
        .containsExactly("0,BIGINT");
    assertThat(tarn.rows("SELECT count(*) FROM silver.later")).containsExactly("0");

    tarn.file("later/a.csv", "id\n4\n").run("run");

    assertThat(tarn.rows("FROM silver.later")).containsExactly("4,5");

    tarn.file("sources/named.yml", "from: files\npath: later/b.csv\n");

    assertThat(problems()).contains("sources/named.yml:2:1  there is no file 'later/b.csv'");
  }

  @Test
  void tags_of_a_contract_are_columns_of_system_columns() {
    tarn.file(
            "sources/orders.yml",
            "from: files\npath: data/o*.csv\ncolumns:\n  id: {type: bigint, tags: [key, pii.id]}\n")
        .run("run");

    assertThat(
            tarn.rows(
                """
                SELECT "column", tags FROM system.columns
                WHERE "table" = 'bronze.orders' AND len(tags) > 0
                """))
        .containsExactly("id,\"[\"\"key\"\",\"\"pii.id\"\"]\"");
  }

  @Test
  void looking_at_a_project_that_never_ran_leaves_nothing_behind() {
    for (String command : new String[] {"check", "plan", "status", "runs", "scrub"}) {
      assertThat(tarn.run(command).status()).as(command).isZero();
    }
    assertThat(tarn.rows("SELECT 1")).containsExactly("1");
    assertThat(folder.resolve(".tarn")).doesNotExist();
  }

  /// All that `tarn check` and `tarn run` complain of, each problem on a line.
  @Test
  void a_check_that_can_not_be_computed_is_told_at_its_place_with_the_value_that_broke_it() {
    tarn.file("data/o.csv", "id,amount\n1,2\n2,x\n");

    for (String onFail : List.of("quarantine", "block", "warn")) {
      assertThat(failed("{not_null: amount, where: \"amount::INT > 5\", on_fail: " + onFail + "}"))
          .contains("models/silver/orders.sql:4:32  the check 'not_null_amount' can't be computed")
          .contains("'x'", "TRY_CAST");
      assertThat(
              failed(
                  "{sql: \"SELECT this.* FROM this WHERE amount::INT > 5\", on_fail: "
                      + onFail
                      + "}"))
          .contains("models/silver/orders.sql:4:12  the check 'sql", "can't be computed", "'x'");
    }
  }

  @Test
  void a_model_that_can_not_be_computed_is_not_its_checks_fault() {
    tarn.file("data/o.csv", "id,amount\n1,2\n2,x\n")
        .file(
            "models/silver/orders.sql",
            """
            /*
            checks:
              - {range: {amount: {min: 0}}, on_fail: quarantine}
            */
            SELECT amount::INT AS amount FROM bronze.orders
            """);

    assertThat(tarn.run("run").err())
        .contains("models/silver/orders.sql", "'x'")
        .doesNotContain("can't be computed");
  }

  private String failed(String check) {
    tarn.file(
        "models/silver/orders.sql",
        """
        /*
        checks:
          - unique: id
          - %s
        */
        SELECT id, amount FROM bronze.orders
        """
            .formatted(check));
    Answer answer = tarn.run("run");
    assertThat(answer.status()).as(answer.err()).isEqualTo(1);
    return answer.err();
  }

  private String problems() {
    Answer check = tarn.run("check");
    Answer run = tarn.run("run");

    assertThat(check.status()).as(check.err()).isEqualTo(2);
    assertThat(run.status()).as(run.err()).isEqualTo(2);
    assertThat(check.err()).startsWith(run.err());
    return check.err().replaceAll("\n\\s+", " ");
  }
}
