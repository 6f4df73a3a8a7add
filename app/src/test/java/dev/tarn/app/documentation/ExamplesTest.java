package dev.tarn.app.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell;
import dev.tarn.app.TarnShell.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The examples in the documentation work as they stand there.
class ExamplesTest {
  private static final Map<String, String> ENVIRONMENT = Map.of("TARN_DB_PASSWORD", "secret");
  private static final String BRONZE_ORDERS =
      """
      from: files
      path: data/*.csv
      columns: {order_id: text, customer_id: text, ordered_at: text, email: text, amount: text, updated_at: text}
      """;

  @TempDir Path folder;

  @Test
  void every_source_is_read_without_a_problem() throws IOException {
    List<String> blocks = Page.of("docs/sources.md").blocks("yaml");

    assertThat(blocks).hasSize(7);
    for (String block : blocks) {
      well(
          project().file("exports/2024/a.txt", "1;2;3\n").file("sources/example.yml", block),
          block);
    }
  }

  @Test
  void the_main_file_is_read_without_a_problem() throws IOException {
    for (String block : Page.of("docs/projects.md").blocks("yaml")) {
      well(shell().file("tarn.yml", block), block);
    }
  }

  @Test
  void every_model_is_bound_without_a_problem() throws IOException {
    for (String block : Page.of("docs/models.md").blocks("sql")) {
      well(
          project()
              .file("sources/orders.yml", BRONZE_ORDERS)
              .file("models/silver/orders.sql", block),
          block);
    }
  }

  @Test
  void every_history_is_bound_without_a_problem() throws IOException {
    for (String block : Page.of("docs/histories.md").blocks("sql")) {
      well(
          project()
              .file(
                  "sources/customers.yml",
                  "from: files\npath: data/*.csv\ncolumns: {customer_id: text, email: text, city: text, updated_at: text}\n")
              .file("models/silver/customers.sql", block),
          block);
    }
  }

  @Test
  void every_unit_test_passes() throws IOException {
    TarnShell tarn =
        project()
            .file("sources/orders.yml", BRONZE_ORDERS.replace("email: text", "status: text"))
            .file("models/silver/orders.sql", TESTED_ORDERS)
            .file("models/silver/customers.sql", "SELECT 1::BIGINT AS customer_id, '' AS country")
            .file("models/gold/revenue.sql", TESTED_REVENUE);
    List<String> blocks = Page.of("docs/tests.md").blocks("yaml");
    for (int i = 0; i < blocks.size(); i++) {
      tarn.file("tests/block_" + i + ".yml", blocks.get(i));
    }

    Answer test = tarn.run("test");

    assertThat(test.status()).as(test.out() + test.err()).isZero();
    assertThat(test.out()).contains("4 tests passed");
  }

  private static final String TESTED_ORDERS =
      """
      /*
      key: order_id
      checks:
        - unique: order_id
        - {sql: "SELECT * FROM this WHERE amount < 0", name: amount_below_zero, on_fail: quarantine}
      */
      SELECT order_id::BIGINT AS order_id, customer_id::BIGINT AS customer_id, status, ordered_at::TIMESTAMP AS ordered_at,
        amount::DECIMAL(12,2) AS amount
      FROM bronze.orders
      QUALIFY row_number() OVER (PARTITION BY order_id ORDER BY updated_at DESC) = 1
      """;

  private static final String TESTED_REVENUE =
      """
      SELECT country, sum(amount) FILTER (ordered_at > now() - INTERVAL 30 DAYS) AS last_30_days, ${var.currency} AS currency
      FROM silver.orders JOIN silver.customers USING (customer_id) GROUP BY country
      """;

  @Test
  void the_first_project_of_the_readme_is_right() throws IOException {
    Page readme = Page.of("README.md");
    TarnShell tarn =
        project()
            .file("sources/orders.yml", readme.blocks("yaml").getFirst())
            .file(
                "data/orders/1.csv",
                "order_id,customer_id,amount,updated_at\n7,1,10.5,2025-01-01\n")
            .file("models/silver/orders.sql", readme.blocks("sql").getFirst());

    Answer run = tarn.run("run");

    assertThat(run.status()).as(run.out() + run.err()).isZero();
    assertThat(tarn.rows("FROM silver.orders")).containsExactly("7,1,10.50");
    assertThat(tarn.rows("SELECT count(*) FROM system.checks WHERE \"table\" = 'silver.orders'"))
        .containsExactly("3");
  }

  @Test
  void every_command_of_the_readme_works_in_turn() throws IOException {
    List<List<String>> commands = Page.of("README.md").commands();

    assertThat(commands).hasSize(8).contains(List.of("demo"));
    for (List<String> command : commands) {
      works(command);
    }
  }

  @Test
  void every_example_of_a_command_is_understood() throws IOException {
    List<List<String>> commands = Page.of("docs/commands.md").commands();

    assertThat(commands).hasSizeGreaterThan(30);
    for (List<String> command : commands) {
      List<String> words = new ArrayList<>(command);
      words.add("--help");

      Answer help = shell().run(words.toArray(String[]::new));

      assertThat(help.status()).as(command + help.err()).isZero();
      assertThat(help.out()).startsWith("Usage: tarn " + command.getFirst());
    }
  }

  private void works(List<String> command) {
    List<String> words = new ArrayList<>(command);
    if (command.getFirst().equals("demo")) {
      words.addAll(List.of("--scale", "0.01"));
    }

    Answer answer = shell().run(words.toArray(String[]::new));

    assertThat(answer.status()).as(command + answer.out() + answer.err()).isZero();
    assertThat(answer.out()).as(command.toString()).isNotBlank();
  }

  private static void well(TarnShell tarn, String example) {
    Answer check = tarn.run("check");

    assertThat(check.status()).as(example + check.err()).isZero();
  }

  private TarnShell shell() {
    return new TarnShell(folder, InstantSource.system(), ENVIRONMENT);
  }

  private TarnShell project() {
    return shell().file("tarn.yml", "name: example\nvars: {currency: EUR}\n");
  }
}
