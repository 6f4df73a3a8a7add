package dev.tarn.app.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tarn.app.TarnShell;
import dev.tarn.app.TarnShell.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every command writes with `--json` is what its schema in docs/json promises, and nothing
/// else stands on standard output.
class JsonSchemaTest {
  private static final Path SCHEMAS = Path.of("..", "docs", "json");

  @TempDir Path folder;
  private TarnShell tarn;

  @BeforeEach
  void a_small_project() {
    tarn =
        new TarnShell(folder)
            .file("tarn.yml", "name: small\n")
            .file("sources/orders.yml", "from: files\npath: data/orders*.csv\n")
            .file("data/orders.csv", "id,amount,status\n1,10.50,placed\n2,x,shipped\n3,7,lost\n")
            .file(
                "models/silver/orders.sql",
                """
                /*
                key: id
                fresh: 1d
                checks:
                  - unique: id
                  - {accepted: {status: [placed, shipped]}, on_fail: quarantine}
                  - {not_null: [amount], on_fail: warn}
                */
                SELECT id::BIGINT AS id, TRY_CAST(amount AS DOUBLE) AS amount, status FROM bronze.orders
                """)
            .file("models/gold/sums.sql", "SELECT sum(amount) AS total FROM silver.orders")
            .file(
                "tests/sums.yml",
                """
                - name: amounts are added
                  model: gold.sums
                  given: {silver.orders: [{amount: 1.5}, {amount: 2}]}
                  expect: [{total: 3.5}]
                """);
  }

  @Test
  void every_command_keeps_its_promise() throws IOException {
    promised("init", "init", "made");
    promised("demo", "demo", "shop", "--scale", "0.001");
    promised("check", "check");
    promised("test", "test", "--junit", "tests.xml");
    promised("plan", "plan");
    promised("status", "status");
    promised("runs", "runs");
    promised("run", "run");
    promised("run", "run");
    promised("plan", "plan", "--full");
    promised("status", "status");
    String run = tarn.rows("SELECT run FROM system.runs ORDER BY started_at LIMIT 1").getFirst();
    promised("runs", "runs");
    promised("runs", "runs", run);
    promised("logs", "logs", run);
    promised("query", "query", "SELECT 1 AS a, NULL AS b, [1, 2] AS c WHERE false");
    promised("query", "query", "FROM silver.orders");
    promised("query", "query", "FROM system.checks");
    promised("lineage", "lineage", "silver.orders");
    promised("lineage", "lineage", "gold.sums.total");
    promised("history", "history", "silver.orders", "--tag", "first");
    promised("run", "run", "--full");
    promised("diff", "diff", "silver.orders");
    promised("diff", "diff", "silver.orders", "first", "--limit", "1");
    promised("rollback", "rollback", "gold.sums", "--dry-run");
    promised("rollback", "rollback", run, "--force");
    promised("profile", "profile", "bronze.orders");
    promised("scaffold", "scaffold", "silver", "bronze.orders");
    promised("maintain", "maintain", "--dry-run");
    promised("maintain", "maintain");
    promised("doctor", "doctor", "--scrub", "--repair");
    promised("scrub", "scrub");
  }

  @Test
  void every_repair_keeps_its_promise() throws IOException {
    promised("run", "run");
    promised("quarantine", "quarantine", "silver.orders");
    tarn.file(
        "models/silver/orders.sql",
        """
        /*
        key: id
        checks:
          - {accepted: {status: [placed, lost]}, on_fail: quarantine}
        */
        SELECT id::BIGINT AS id, TRY_CAST(amount AS DOUBLE) AS amount, status FROM bronze.orders
        """);
    promised("quarantine", "quarantine", "silver.orders", "--readmit");
    promised("replay", "replay", "orders", "--all", "--dry-run");
    promised("replay", "replay", "orders", "--all");
    promised("replay", "replay", "orders");
    tarn.file(
        "models/gold/by_status.sql",
        "/*\npartition: status\n*/\nSELECT status, count(*) AS n FROM bronze.orders GROUP BY 1");
    promised("backfill", "backfill", "gold.by_status", "--dry-run");
    promised("backfill", "backfill", "gold.by_status", "--from", "l", "--to", "m");
    promised("backfill", "backfill", "gold.by_status");
    promised("drop", "drop", "gold.sums", "--force");
    promised("undrop", "undrop");
    promised("undrop", "undrop", "gold.sums");
  }

  @Test
  void every_command_about_branches_keeps_its_promise() throws IOException {
    promised("run", "run");
    promised("branch", "branch", "fix");
    tarn.file(
        "models/gold/sums.sql",
        "SELECT sum(amount) + 1 AS total, count(*) AS n FROM silver.orders");
    tarn.file("models/gold/ids.sql", "SELECT id FROM silver.orders");
    tarn.file("models/gold/view.sql", "/*\nmaterialize: view\n*/\nSELECT id FROM silver.orders");
    promised("run", "run", "--branch", "fix");
    promised("diff-branch", "diff", "--branch", "fix");
    promised("branch", "branch");
    promised("merge", "merge", "fix", "--dry-run");
    promised("merge", "merge", "fix");
    promised("merge", "merge", "fix");
    promised("branch", "branch", "--update", "fix");
    promised("branch", "branch", "--drop", "fix");
  }

  @Test
  void rows_a_line_each_are_objects() throws IOException {
    String out = tarn.run("query", "SELECT * FROM range(3)", "--format", "ndjson").out();

    assertThat(out.lines()).hasSize(3);
    for (String line : out.lines().toList()) {
      valid("query-ndjson", line);
    }
  }

  @Test
  void a_run_that_fails_tells_it_in_its_own_document() throws IOException {
    tarn.file("models/gold/broken.sql", "SELECT status::INTEGER AS n FROM silver.orders");

    Answer run = tarn.run("run", "--json");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("\"ok\":false", "\"state\":\"failed\"");
    valid("run", run.out());
  }

  @Test
  void tests_that_fail_are_told_in_their_own_document() throws IOException {
    tarn.file(
        "tests/fail.yml",
        """
        - name: rows and checks
          model: silver.orders
          given: {bronze.orders: [{id: 1, amount: x, status: placed}, {id: 2, status: lost}]}
          expect:
            rows: [{id: 1, amount: 3}, {id: 7, amount: 0}]
            count: 9
            quarantined: 0
            checks: {unique_id: failed, accepted_status: 2}
        - name: order
          model: silver.orders
          given: {bronze.orders: [{id: 1}, {id: 2}]}
          expect: {ordered: true, rows: [{id: 2}, {id: 1}]}
        - name: an error
          model: silver.orders
          given: {bronze.orders: [{id: 1}]}
          expect: {error: division}
        - name: broken
          model: silver.orders
          given: {bronze.orders: [{id: x}]}
          expect: {count: 0}
        """);

    Answer test = tarn.run("test", "--json");

    assertThat(test.status()).isEqualTo(1);
    assertThat(test.out())
        .contains("\"kind\":\"rows\"", "\"kind\":\"count\"", "\"kind\":\"quarantined_count\"")
        .contains("\"kind\":\"check\"", "\"kind\":\"no_error\"", "\"kind\":\"error\"")
        .contains("\"order\":true", "\"state\":\"error\"");
    valid("test", test.out());
  }

  @Test
  void damage_is_told_in_the_documents_of_scrub_and_doctor() throws IOException {
    tarn.run("run");
    Path file =
        Path.of(
            tarn.rows("SELECT path FROM system.files WHERE \"table\" = 'gold.sums'").getFirst());
    Files.write(file, new byte[] {1, 2, 3});

    Answer scrub = tarn.run("scrub", "--json");
    Answer doctor = tarn.run("doctor", "--scrub", "--json");

    assertThat(scrub.out()).contains("\"ok\":false");
    valid("scrub", scrub.out());
    assertThat(doctor.out()).contains("\"ok\":false");
    valid("doctor", doctor.out());
  }

  @Test
  void whatever_fails_writes_the_failure_alone() throws IOException {
    failing("nonsense");
    failing("run", "--nonsense");
    failing("query");
    failing("query", "SELECT nope");
    failing("query", "FROM silver.nope");
    failing("query", "SELECT 'x'::INTEGER AS n");
    failing("query", "SELECT 'x'::INTEGER AS n", "--format", "ndjson");
    failing("query", "DELETE FROM silver.orders");
    failing("-C", "nowhere", "status");
    failing("init", ".");
    failing("runs", "01JD8Z4X0000000000000000AB");
    failing("logs", "nonsense");
    failing("lineage", "silver.nope");
    failing("history", "silver.nope");
    failing("diff", "silver.nope");
    failing("rollback", "silver.nope");
    failing("quarantine", "silver.nope");
    failing("replay", "nope");
    failing("drop", "nope", "silver.nope");
    failing("undrop", "silver.nope");
    failing("backfill", "silver.orders");
    failing("branch", "main");
    failing("merge", "nope");
    failing("diff", "--branch", "nope");
    failing("profile", "silver.nope");
    failing("maintain", "silver.nope");
    failing("scaffold", "gold", "bronze.orders");
    tarn.file("models/silver/wrong.sql", "SELECT nope FROM bronze.orders");
    failing("check");
    failing("plan");
    failing("run");
    failing("test");
  }

  private void promised(String schema, String... words) throws IOException {
    Answer answer = tarn.run(withJson(words));

    assertThat(answer.status()).as(answer.out() + answer.err()).isZero();
    assertThat(answer.err()).isEmpty();
    valid(schema, answer.out());
  }

  private void failing(String... words) throws IOException {
    Answer answer = tarn.run(withJson(words));

    assertThat(answer.status()).as(String.join(" ", words)).isNotZero();
    valid("failure", answer.out());
  }

  private static String[] withJson(String... words) {
    String[] all = Arrays.copyOf(words, words.length + 1);
    all[words.length] = "--json";
    return all;
  }

  private static void valid(String schema, String document) throws IOException {
    String text = Files.readString(SCHEMAS.resolve(schema + ".schema.json"));

    assertThat(documents(document)).as(document).isEqualTo(1);
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text, InputFormat.JSON)
                .validate(document, InputFormat.JSON))
        .as(schema + " of " + document)
        .isEmpty();
  }

  private static int documents(String text) throws IOException {
    int count = 0;
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      while (parser.nextToken() != null) {
        parser.skipChildren();
        count++;
      }
    }
    return count;
  }
}
