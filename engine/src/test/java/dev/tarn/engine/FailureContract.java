package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.lake.WriteTarget;
import dev.tarn.lake.WrittenFile;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every engine must say when something is wrong, and whose fault it is.
public abstract class FailureContract extends EngineFixture {
  @Test
  void an_unknown_column_is_placed_and_gets_a_suggestion() {
    session.exposeEmpty(
        ORDERS,
        Schema.of(
            Column.of("customer_id", Type.parse("bigint")), Column.of("id", Type.parse("bigint"))));

    Failure failure =
        failure(() -> connection.describe("SELECT 'äöü',\n  custmer_id\nFROM silver.orders"));

    Problem problem = only(failure, Remedy.FIX_INPUT);
    assertThat(problem)
        .isEqualTo(
            Problem.at(
                new Location("", 2, 3),
                "unknown column 'custmer_id'",
                "did you mean 'customer_id'?"));
  }

  @Test
  void an_unknown_table_is_placed_and_gets_a_suggestion() {
    session.exposeEmpty(ORDERS, Schema.of(Column.of("id", Type.parse("bigint"))));

    Failure failure = failure(() -> connection.query("SELECT *\nFROM silver.oders", 1));

    Problem problem = only(failure, Remedy.FIX_INPUT);
    assertThat(problem)
        .isEqualTo(
            Problem.at(
                new Location("", 2, 6),
                "unknown table 'silver.oders'",
                "did you mean 'silver.orders'?"));
  }

  @Test
  void wrong_syntax_is_placed_within_what_was_written() {
    WriteTarget target = target(Column.of("id", Type.Primitive.BIGINT));

    for (Failure failure :
        List.of(
            failure(() -> connection.query("SELECT 1\nFORM x", 1)),
            failure(() -> connection.write("SELECT 1\nFORM x", target)),
            failure(() -> connection.describe("SELECT 1\nFORM x")))) {
      Problem problem = only(failure, Remedy.FIX_INPUT);
      assertThat(problem.what()).contains("syntax error");
      assertThat(problem.where().orElseThrow().line()).isEqualTo(2);
    }
  }

  @Test
  void data_that_cannot_be_computed_is_the_datas_fault() {
    Failure queried =
        failure(() ->
            connection.query(
                "SELECT CAST(CASE WHEN range = 5 THEN 'x' ELSE '1' END AS INT) FROM range(9)", 9));
    Failure streamed =
        failure(() ->
            connection.query(
                "SELECT CAST(CASE WHEN range = 900000 THEN 'x' ELSE '1' END AS INT) FROM range(1000000)",
                2_000_000));

    assertThat(only(queried, Remedy.FIX_DATA).what()).contains("'x'");
    assertThat(only(streamed, Remedy.FIX_DATA).what()).contains("'x'");
  }

  @Test
  void a_value_that_does_not_fit_its_column_is_named_with_the_column() {
    WriteTarget target = target(Column.of("amount", Type.Primitive.INTEGER));

    Failure failure =
        failure(() -> connection.write("SELECT 'abc' || range AS amount FROM range(3)", target));

    assertThat(only(failure, Remedy.FIX_DATA).what())
        .startsWith("column 'amount': ")
        .contains("abc");
    assertThat(dataFiles()).isEmpty();
  }

  @Test
  void a_query_that_lacks_a_column_of_the_table_says_so() {
    WriteTarget target = target(Column.of("amount", Type.Primitive.INTEGER));

    Failure failure = failure(() -> connection.write("SELECT 1 AS amout", target));

    assertThat(only(failure, Remedy.FIX_INPUT).what())
        .isEqualTo("the query returns no column 'amount'");
  }

  @Test
  void a_damaged_file_is_an_error_that_names_it_and_other_tables_stay_readable()
      throws IOException {
    WriteTarget target = target(Column.of("id", Type.Primitive.BIGINT));
    List<WrittenFile> files = connection.write("SELECT range AS id FROM range(10000)", target);
    session.expose(scan(target, files));
    session.exposeEmpty(
        TableName.parse("silver.other"), Schema.of(Column.of("id", Type.parse("bigint"))));
    byte[] bytes = Files.readAllBytes(files.get(0).path());
    bytes[bytes.length / 2] ^= 4;
    Files.write(files.get(0).path(), bytes);

    Failure failure = failure(() -> connection.query("SELECT sum(id) FROM silver.orders", 1));

    assertThat(only(failure, Remedy.FIX_DATA).what())
        .contains(files.get(0).path().toString())
        .contains("silver.orders");
    assertThat(value("SELECT count(*) FROM silver.other")).isEqualTo(0L);
  }

  @Test
  void a_missing_file_is_named() throws IOException {
    WriteTarget target = target(Column.of("id", Type.Primitive.BIGINT));
    List<WrittenFile> files = connection.write("SELECT 1 AS id", target);
    session.expose(scan(target, files));
    Files.delete(files.get(0).path());

    Failure failure = failure(() -> connection.query("FROM silver.orders", 1));

    assertThat(only(failure, Remedy.FIX_DATA).what())
        .contains(files.get(0).path().toString())
        .contains("missing");
  }

  @Test
  void deeply_nested_sql_is_an_error_and_not_a_crash() {
    String sql = "SELECT * FROM (".repeat(3000) + "SELECT 1" + ")".repeat(3000);

    assertThat(failure(() -> connection.query(sql, 1)).remedy()).isEqualTo(Remedy.FIX_INPUT);
  }
}
