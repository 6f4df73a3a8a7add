package dev.tarn.app.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.TarnShell;
import dev.tarn.app.TarnShell.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tests that are wrong are told all at once, each with its place and what was meant, by `tarn
/// test` and by `tarn check`, and then none is run.
class WrongTestsTest {
  @TempDir Path folder;
  private TarnShell tarn;

  @BeforeEach
  void a_shop() {
    tarn =
        new TarnShell(folder)
            .file("tarn.yml", "name: shop\nvars: {currency: EUR}\n")
            .file(
                "sources/orders.yml",
                """
                from: files
                path: data/*.csv
                columns: {order_id: text, amount: "decimal(9,2)", at: timestamp, tags: "varchar[]", s: "struct(a integer)"}
                """)
            .file("sources/clicks.yml", "from: files\npath: clicks/*.json\n")
            .file("models/silver/clicks.sql", "SELECT id FROM bronze.clicks")
            .file(
                "models/silver/orders.sql",
                """
                /*
                checks:
                  - {unique: order_id, name: one_each}
                */
                SELECT * FROM bronze.orders
                """)
            .file("models/gold/one.sql", "SELECT count(*) AS n FROM silver.orders");
  }

  private String wrong(String yaml) {
    tarn.file("tests/a.yml", yaml);

    Answer test = tarn.run("test");
    Answer check = tarn.run("check");

    assertThat(test.status()).as(test.out() + test.err()).isEqualTo(2);
    assertThat(test.out()).isEmpty();
    assertThat(check.status()).isEqualTo(2);
    assertThat(check.err()).startsWith(test.err());
    return test.err();
  }

  @Test
  void keys_and_names_that_are_not_known() {
    assertThat(
            wrong(
                """
                - name: a
                  modle: silver.orders
                  model: silver.oders
                  vars: {curency: USD}
                  now: yesterday
                  given:
                    bronze.orders: {row: []}
                  expect:
                    row: []
                    checks: {one_each: pased}
                - name: a
                  model: orders
                - model: silver.orders
                  given: [bronze.orders]
                  expect: 3
                - text
                """))
        .contains(
            "error tests/a.yml:2:3  unknown key 'modle'\n                       did you mean 'model'?\nerror tests/a.yml:3:10",
            "tests/a.yml:4:10  the project has no variable 'curency'",
            "did you mean 'currency'?",
            "tests/a.yml:5:8  'yesterday' is no time",
            "tests/a.yml:7:21  unknown key 'row'",
            "tests/a.yml:9:5  unknown key 'row'",
            "did you mean 'rows'?",
            "tests/a.yml:10:24  a check can't be 'pased'",
            "did you mean 'passed'?",
            "tests/a.yml:11:3  a test of this name begins on line 1",
            "tests/a.yml:12:10  'orders' is not a table",
            "tests/a.yml:13:3  'name' is missing",
            "tests/a.yml:14:10  'given' is a block of tables, not a list",
            "tests/a.yml:15:11  expected keys and values, found a single value",
            "tests/a.yml:16:3  a test is a block of keys, not a single value");
  }

  @Test
  void models_tables_and_columns_that_are_not_there() {
    assertThat(
            wrong(
                """
                - name: model
                  model: silver.oders
                  expect: {count: 0}
                - name: source
                  model: bronze.orders
                  expect: {count: 0}
                - name: columns
                  model: silver.orders
                  given:
                    bronze.orders:
                      - {order_id: a, amuont: 3}
                    bronze.order: []
                  expect:
                    rows: [{oder_id: a}]
                    checks: {one_eech: passed}
                - name: not read
                  model: gold.one
                  given: {bronze.clicks: [{id: 1}]}
                  expect: [{m: 1}]
                """))
        .contains(
            "tests/a.yml:2:10  unknown model 'silver.oders'",
            "did you mean 'silver.orders'?",
            "tests/a.yml:5:10  bronze.orders is a source, and only models can be tested",
            "tests/a.yml:11:23  unknown column 'amuont' in bronze.orders",
            "did you mean 'amount'?",
            "tests/a.yml:12:5  'bronze.order' is not read by silver.orders",
            "did you mean 'bronze.orders'?",
            "tests/a.yml:14:13  unknown column 'oder_id' in silver.orders",
            "tests/a.yml:15:14  silver.orders has no check 'one_eech'",
            "did you mean 'one_each'?",
            "tests/a.yml:18:11  'bronze.clicks' is not read by gold.one",
            "tests/a.yml:19:13  unknown column 'm' in gold.one");
  }

  @Test
  void what_can_not_be_judged_or_is_not_known() {
    assertThat(
            wrong(
                """
                - name: no checks
                  model: gold.one
                  expect: {checks: passed}
                - name: no expectation
                  model: gold.one
                - name: no columns
                  model: silver.clicks
                  expect: {count: 0}
                - name: other columns
                  model: silver.clicks
                  given: {bronze.clicks: [{idd: 1}]}
                  expect: {count: 0}
                - name: given twice
                  model: gold.one
                  given: {silver.orders: [], bronze.orders: []}
                  expect: {ordered: true, checks: , tolerance: 0.1}
                """))
        .contains(
            "tests/a.yml:3:12  gold.one has no checks",
            "tests/a.yml:4:3  nothing is expected of 'no expectation'",
            "tests/a.yml:6:3  the columns of bronze.clicks are not known yet",
            "tests/a.yml:9:3  over the rows given, silver.clicks can't be read: ",
            "tests/a.yml:15:30  'bronze.orders' makes no difference: what is made of it is given",
            "tests/a.yml:16:11  nothing is expected here");
  }

  @Test
  void values_that_are_not_of_the_type_of_their_column() {
    assertThat(
            wrong(
                """
                - name: values
                  model: silver.orders
                  given:
                    bronze.orders:
                      - {order_id: [1], amount: 1.234, at: 2024-02-30, tags: x, s: {b: 1}}
                      - {amount: ten, at: soon, tags: [{a: 1}], s: [1]}
                      - order
                  expect:
                    rows:
                      - {amount: 1.234, at: noon, s: {a: 1.5}}
                    count: -1
                    tolerance: 2
                    quarantined: some
                """))
        .contains(
            "tests/a.yml:5:20  a list stands here, wanted is a VARCHAR",
            "tests/a.yml:5:33  '1.234' does not fit a DECIMAL(9,2)",
            "tests/a.yml:5:44  '2024-02-30' is not a TIMESTAMP",
            "such as 2024-05-01 12:30:00",
            "tests/a.yml:5:62  a single value stands here, wanted is a list: VARCHAR[]",
            "tests/a.yml:5:69  the struct has no field 'b'",
            "tests/a.yml:6:18  'ten' is not a DECIMAL(9,2)",
            "tests/a.yml:6:40  a block of keys stands here, wanted is a VARCHAR",
            "tests/a.yml:6:52  a list stands here, wanted is a struct: {a}",
            "tests/a.yml:7:9  a row is columns and values, not a single value",
            "tests/a.yml:10:29  'noon' is not a TIMESTAMP",
            "tests/a.yml:10:42  '1.5' is not an INTEGER",
            "tests/a.yml:11:12  'count' must be a whole number",
            "tests/a.yml:12:5  'tolerance' is a share of the number, from 0 up to 1",
            "tests/a.yml:13:18  'quarantined' must be a whole number")
        .doesNotContain(":10:18");
  }

  @Test
  void files_sql_and_csv_that_are_wrong() {
    tarn.file("tests/data/orders.csv", "order_id,amount\n1,2,3\n4\n");
    tarn.file("tests/data/orders.txt", "");
    assertThat(
            wrong(
                """
                - name: files
                  model: silver.orders
                  given:
                    bronze.orders: {file: data/order.csv}
                  expect: {file: data/orders.csv}
                - name: kinds
                  model: silver.orders
                  given:
                    bronze.orders: {file: data/orders.txt}
                  expect:
                    csv: |
                      order_id
                      1
                      2,3
                - name: twice
                  model: silver.orders
                  expect: {csv: id, file: data/orders.csv}
                - name: sql
                  model: silver.orders
                  given:
                    bronze.orders: {sql: SELECT order_i FROM bronze.orders}
                  expect: {sql: "SELECT 1 AS n, * FROM read_csv('x.csv')"}
                - name: more sql
                  model: silver.orders
                  given:
                    bronze.orders: {sql: "SELECT 1 AS orderid"}
                  expect: {sql: SELEC 1}
                """))
        .contains(
            "tests/a.yml:4:27  there is no file tests/data/order.csv",
            "tests/data/orders.csv:2  this line has 3 values, the header 2",
            "tests/data/orders.csv:3  this line has 1 values, the header 2",
            "tests/a.yml:17:21  rows are written twice: by csv: and by file:",
            "tests/a.yml:9:27  rows can't be read from tests/data/orders.txt",
            "known: .csv, .json, .ndjson, .parquet, .sql",
            "tests/a.yml:14  this line has 2 values, the header 1",
            "tests/a.yml:21:26  'bronze.orders' can't be read here",
            "tests/a.yml:22:17  ",
            "tests/a.yml:26:26  unknown column 'orderid' in bronze.orders",
            "did you mean 'order_id'?",
            "tests/a.yml:27:17  syntax error");
  }

  @Test
  void yaml_that_is_none_and_a_project_that_is_wrong_are_told_together() {
    tarn.file("models/gold/one.sql", "SELECT nope FROM silver.orders");

    assertThat(wrong("- name: [a\n  b: {"))
        .contains("tests/a.yml:", "this is not YAML", "models/gold/one.sql:1:8");
  }

  @Test
  void a_broken_test_does_not_keep_a_run_from_running() {
    wrong("- nonsense");

    assertThat(tarn.run("plan").status()).isZero();
  }
}
