package dev.tarn.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A refresh costs what changed, and comes to what a recompute comes to.
class IncrementalTest {
  private static final List<String> TABLES =
      List.of(
          "silver.orders",
          "gold.by_customer",
          "gold.by_name_of_total",
          "gold.large",
          "gold.with_names",
          "gold.silent",
          "gold.ranked");

  @TempDir Path folder;
  private final Random random = new Random(7);
  private TarnShell tarn;

  @BeforeEach
  void a_project() {
    tarn =
        new TarnShell(folder)
            .file("tarn.yml", "name: small\n")
            .file("sources/orders.yml", "from: files\npath: data/orders*.csv\n" + ORDERS)
            .file("sources/customers.yml", "from: files\npath: data/customers*.csv\n" + CUSTOMERS)
            .file("data/orders0.csv", orders(0, 300))
            .file("data/customers0.csv", "customer,name,changed_at\n" + customers(0, 12))
            .file("models/silver/orders.sql", "/*\nkey: id\nchecks:\n  - unique: id\n*/" + LATEST)
            .file("models/silver/customers.sql", NAMES)
            .file(
                "models/gold/by_customer.sql",
                "SELECT customer, count(*) AS orders, sum(amount) AS amount FROM silver.orders GROUP BY ALL; -- of all times")
            .file(
                "models/gold/by_name_of_total.sql",
                "SELECT customer, count(*) AS n, sum(amount) AS total, total * n AS both FROM silver.orders GROUP BY customer")
            .file(
                "models/gold/large.sql",
                "SELECT id, amount / 2 AS half FROM silver.orders WHERE amount > 50")
            .file(
                "models/gold/with_names.sql",
                "SELECT o.id, o.amount, c.name FROM silver.orders o LEFT JOIN silver.customers c USING (customer)")
            .file(
                "models/gold/silent.sql",
                "SELECT name FROM silver.customers c WHERE NOT EXISTS (FROM silver.orders o WHERE o.customer = c.customer)")
            .file(
                "models/gold/ranked.sql",
                "SELECT *, rank() OVER (PARTITION BY customer ORDER BY amount, id) AS place FROM silver.orders");
    Answer first = tarn.run("run");
    assertThat(first.status()).as(first.err()).isZero();
  }

  private static final String ORDERS =
      "columns: {id: bigint, customer: bigint, amount: 'decimal(12,2)', changed_at: timestamp}\n";
  private static final String CUSTOMERS =
      "columns: {customer: bigint, name: varchar, changed_at: timestamp}\n";
  private static final String LATEST =
      "SELECT id, customer, amount FROM bronze.orders QUALIFY row_number() OVER (PARTITION BY id ORDER BY changed_at DESC) = 1";
  private static final String NAMES =
      "SELECT DISTINCT ON (customer) customer, name FROM bronze.customers ORDER BY customer, changed_at DESC";

  private String orders(int round, int count) {
    StringBuilder rows = new StringBuilder("id,customer,amount,changed_at\n");
    for (int i = 0; i < count; i++) {
      int id = round == 0 ? i : random.nextInt(320);
      rows.append(
          "%d,%d,%d.%02d,2026-01-%02d %02d:00:00%n"
              .formatted(
                  id,
                  random.nextInt(14),
                  random.nextInt(100),
                  random.nextInt(100),
                  round + 1,
                  i % 24));
    }
    return distinctTimes(rows.toString());
  }

  /// Of two rows of one order and time either could be the latest.
  private static String distinctTimes(String rows) {
    List<String> lines = rows.lines().toList();
    StringBuilder out = new StringBuilder(lines.getFirst()).append('\n');
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i);
      out.append(line, 0, line.length() - 5).append("%02d:%02d%n".formatted(i / 60 % 60, i % 60));
    }
    return out.toString();
  }

  private static String customers(int round, int count) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < count; i++) {
      rows.append("%d,name %d of %d,2026-01-%02d%n".formatted(i, i, round, round + 1));
    }
    return rows.toString();
  }

  @Test
  void late_rows_and_new_versions_change_what_they_touch_and_nothing_else() {
    for (int round = 1; round <= 4; round++) {
      tarn.file("data/orders" + round + ".csv", orders(round, 6));
      if (round % 2 == 0) {
        tarn.file(
            "data/customers" + round + ".csv", "customer,name,changed_at\n" + customers(round, 2));
      }
      Answer answer = tarn.run("run");
      assertThat(answer.status()).as(answer.err()).isZero();
      assertThat(last("refresh", "silver.orders")).isEqualTo("incremental");
      assertThat(last("refresh", "gold.by_customer")).isEqualTo("incremental");
      assertThat(last("refresh", "gold.ranked")).isEqualTo("incremental");
    }
    List<String> changed = content();
    assertThat(tarn.run("run", "--full").status()).isZero();
    assertThat(changed).isEqualTo(content());
  }

  @Test
  void a_run_says_how_many_rows_it_changed_and_why() {
    tarn.file(
        "data/orders1.csv",
        "id,customer,amount,changed_at\n1,1,7.00,2027-01-01\n999,2,8.00,2027-01-01\n");
    assertThat(tarn.run("plan").out())
        .contains("incremental: the rows of changed id", "incremental: changed rows only");

    assertThat(tarn.run("run").status()).isZero();

    assertThat(last("reason", "silver.orders"))
        .contains("bronze.orders +2 -0")
        .contains("+2 -1 rows");
    assertThat(
            tarn.rows(
                "SELECT rows_added, rows_deleted FROM system.snapshots"
                    + " WHERE \"table\" = 'silver.orders' AND \"current\""))
        .containsExactly("2,1");
  }

  @Test
  void what_can_not_be_followed_is_computed_anew_and_says_so() {
    tarn.file(
            "models/gold/top.sql", "SELECT id FROM silver.orders ORDER BY amount DESC, id LIMIT 5")
        .file("models/gold/whole.sql", "/* refresh: full */ SELECT id FROM silver.orders");
    assertThat(tarn.run("run").status()).isZero();
    tarn.file("data/orders1.csv", "id,customer,amount,changed_at\n1,1,700.00,2027-01-01\n");

    assertThat(tarn.run("plan").out()).contains("full: LIMIT", "full: refresh: full");
    assertThat(tarn.run("run").status()).isZero();

    assertThat(last("refresh", "gold.top")).isEqualTo("full");
    assertThat(last("reason", "gold.top")).contains("LIMIT: any row can move another in or out");
    assertThat(last("refresh", "gold.whole")).isEqualTo("full");
    assertThat(tarn.rows("SELECT id FROM gold.top LIMIT 1")).containsExactly("1");
  }

  @Test
  void a_promise_that_a_query_can_not_keep_is_refused_before_anything_runs() {
    tarn.file(
        "models/gold/top.sql",
        "/*\nrefresh: incremental\n*/\nSELECT id FROM silver.orders LIMIT 5");

    Answer answer = tarn.run("check");

    assertThat(answer.status()).isEqualTo(2);
    assertThat(answer.err())
        .contains("models/gold/top.sql:2:10")
        .contains("can't be refreshed incrementally: LIMIT");
  }

  @Test
  void a_failed_check_publishes_nothing_of_a_change() {
    tarn.file(
        "models/gold/large.sql",
        "/*\nchecks:\n  - range: {half: {max: 60}}\n*/ SELECT id, amount / 2 AS half FROM silver.orders WHERE amount > 50");
    assertThat(tarn.run("run").status()).isZero();
    List<String> before = content();
    tarn.file("data/orders1.csv", "id,customer,amount,changed_at\n1,1,7000.00,2027-01-01\n");

    assertThat(tarn.run("run").status()).isEqualTo(1);

    assertThat(content()).isEqualTo(before);
  }

  @Test
  void after_a_rollback_the_next_run_makes_it_up() {
    tarn.file("data/orders1.csv", orders(1, 9));
    assertThat(tarn.run("run").status()).isZero();
    List<String> after = content();
    String run =
        tarn.rows("SELECT run FROM system.runs ORDER BY started_at DESC LIMIT 1").getFirst();

    assertThat(tarn.run("rollback", run).status()).isZero();
    assertThat(tarn.run("run").status()).isZero();

    assertThat(content()).isEqualTo(after);
  }

  @Test
  void rows_of_before_upkeep_are_found_after_it() {
    tarn.file("data/orders1.csv", orders(1, 9));
    assertThat(tarn.run("run").status()).isZero();
    assertThat(tarn.run("maintain").status()).isZero();
    tarn.file("data/orders2.csv", orders(2, 9));
    assertThat(tarn.run("run").status()).isZero();

    assertThat(last("refresh", "silver.orders")).isEqualTo("incremental");
    List<String> changed = content();
    assertThat(tarn.run("run", "--full").status()).isZero();
    assertThat(changed).isEqualTo(content());
  }

  @Test
  void rows_come_into_quarantine_and_out_of_it_as_they_change() {
    tarn.file(
        "models/silver/orders.sql",
        "/*\nkey: id\nchecks:\n  - unique: id\n  - {range: {amount: {max: 90}}, on_fail: quarantine}\n*/"
            + LATEST);
    assertThat(tarn.run("run").status()).isZero();
    for (int round = 1; round <= 3; round++) {
      tarn.file("data/orders" + round + ".csv", orders(round, 25));
      Answer answer = tarn.run("run");
      assertThat(answer.status()).as(answer.err()).isZero();
      assertThat(last("refresh", "silver.orders")).isEqualTo("incremental");
    }
    List<String> changed = content();
    List<String> held = held();
    assertThat(held.size()).isGreaterThan(5);

    assertThat(tarn.run("run", "--full").status()).isZero();

    assertThat(changed).isEqualTo(content());
    assertThat(held).isEqualTo(held());
    assertThat(
            tarn.rows(
                "SELECT count(DISTINCT failures) FROM (SELECT failures FROM system.checks"
                    + " WHERE on_fail = 'quarantine' ORDER BY judged_at DESC LIMIT 2)"))
        .containsExactly("1");
  }

  @Test
  void a_view_in_between_is_followed_until_it_means_something_else() {
    tarn.file("models/silver/seen.sql", view("amount > 20"))
        .file(
            "models/gold/seen.sql", "SELECT customer, count(*) AS n FROM silver.seen GROUP BY ALL");
    assertThat(tarn.run("run").status()).isZero();
    tarn.file("data/orders1.csv", orders(1, 9));
    assertThat(tarn.run("run").status()).isZero();
    assertThat(last("refresh", "gold.seen")).isEqualTo("incremental");

    tarn.file("data/orders2.csv", orders(2, 9)).file("models/silver/seen.sql", view("amount > 70"));
    assertThat(tarn.run("run").status()).isZero();

    assertThat(last("reason", "gold.seen")).contains("the view silver.seen changed");
    assertThat(tarn.rows("FROM gold.seen ORDER BY ALL"))
        .isEqualTo(
            tarn.rows("SELECT customer, count(*) FROM silver.seen GROUP BY ALL ORDER BY ALL"));
  }

  @Test
  void a_model_is_proven_on_samples_of_its_own_tables() {
    tarn.file("models/gold/top.sql", "SELECT id FROM silver.orders ORDER BY amount, id LIMIT 9")
        .file("models/silver/seen.sql", view("amount > 20"))
        .file(
            "models/gold/seen.sql",
            "SELECT customer, name, count(*) AS n FROM silver.seen JOIN silver.customers USING (customer) GROUP BY ALL");
    assertThat(tarn.run("run").status()).isZero();

    Answer ranked = tarn.run("check", "--prove", "gold.ranked", "--cases", "3");
    assertThat(ranked.status()).as(ranked.err()).isZero();
    assertThat(ranked.out())
        .contains(
            "3 random changes of silver.orders were followed, each to what a recompute gives");
    assertThat(tarn.run("check", "--prove", "gold.seen", "--cases", "3").out())
        .contains("3 random changes of silver.customers, silver.orders were followed");
    assertThat(tarn.run("check", "--prove", "gold.top", "--cases", "2").out())
        .contains("0 random changes", "2 would compute all of it: LIMIT");
    Answer view = tarn.run("check", "--prove", "silver.seen");
    assertThat(view.status()).isEqualTo(2);
    assertThat(view.err()).contains("a view or a history");
    Answer typo = tarn.run("check", "--prove", "gold.rankd");
    assertThat(typo.status()).isEqualTo(2);
    assertThat(typo.err()).contains("did you mean", "gold.ranked");
  }

  private static String view(String condition) {
    return "/*\nmaterialize: view\n*/ SELECT * FROM silver.orders WHERE " + condition;
  }

  @Test
  void a_quarantine_check_that_looks_beyond_its_row_has_all_rows_judged() {
    tarn.file(
        "models/silver/orders.sql",
        "/*\nchecks:\n  - {sql: \"SELECT * FROM this WHERE customer NOT IN (SELECT customer FROM silver.customers)\","
            + " on_fail: quarantine}\n*/"
            + LATEST);
    assertThat(tarn.run("run").status()).isZero();
    List<String> before = tarn.rows("SELECT count(*) FROM silver.orders__quarantine");
    tarn.file("data/customers1.csv", "customer,name,changed_at\n" + customers(1, 14))
        .file("data/orders1.csv", orders(1, 3));
    assertThat(tarn.run("run").status()).isZero();

    assertThat(before).isNotEqualTo(List.of("0"));
    assertThat(tarn.rows("SELECT count(*) FROM silver.orders__quarantine")).containsExactly("0");
  }

  private List<String> held() {
    return tarn.rows(
        "SELECT id, customer, amount, _failed_checks FROM silver.orders__quarantine ORDER BY id");
  }

  private List<String> content() {
    return TABLES.stream()
        .map(table ->
            tarn.rows("SELECT count(*), bit_xor(hash(t)), sum(hash(t)) FROM " + table + " AS t")
                .getFirst())
        .toList();
  }

  private String last(String column, String table) {
    return tarn.rows(
            "SELECT "
                + column
                + " FROM system.steps WHERE \"table\" = '"
                + table
                + "' ORDER BY started_at DESC LIMIT 1")
        .getFirst();
  }
}
