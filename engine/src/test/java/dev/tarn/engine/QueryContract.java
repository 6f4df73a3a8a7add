package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.lake.Matching;
import dev.tarn.lake.Scan;
import dev.tarn.lake.WriteTarget;
import dev.tarn.lake.WrittenFile;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Remedy;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What every engine must do when it is asked, and whom it shows what.
public abstract class QueryContract extends EngineFixture {
  @Test
  void a_query_answers_rows_and_says_when_there_were_more() {
    Rows all = connection.query("SELECT range AS n FROM range(3)", 3);
    Rows some = connection.query("SELECT range AS n FROM range(3)", 2);
    Rows none = connection.query("SELECT range AS n FROM range(0)", 2);

    assertThat(all)
        .isEqualTo(
            new Rows(
                List.of(new EngineColumn("n", "BIGINT")),
                List.of(List.of(0L), List.of(1L), List.of(2L)),
                false));
    assertThat(some.rows()).hasSize(2);
    assertThat(some.truncated()).isTrue();
    assertThat(none.rows()).isEmpty();
    assertThat(none.columns()).hasSize(1);
  }

  @Test
  void a_numbered_snapshot_tells_equal_rows_apart_in_every_statement() {
    TableName numbered = TableName.parse("silver.orders__numbered");
    WriteTarget target = target(Column.of("pair", Type.parse("struct(a bigint)")));
    List<WrittenFile> files = new ArrayList<>();
    files.addAll(connection.write("SELECT {'a': 7} AS pair FROM range(1000)", target));
    files.addAll(connection.write("SELECT {'a': 7} AS pair FROM range(10)", target));
    Scan plain = scan(target, files);

    for (Matching matching : Matching.values()) {
      Scan scan =
          new Scan(plain.table(), plain.snapshot(), plain.columns(), plain.files(), matching);
      session.exposeNumbered(numbered, scan, "row");

      assertThat(value("SELECT count(DISTINCT row) FROM silver.orders__numbered")).isEqualTo(1010L);
      String some = "SELECT row FROM silver.orders__numbered WHERE row % 3 = 0";
      String rest = "SELECT count(*) FROM silver.orders__numbered WHERE row NOT IN (" + some + ")";
      assertThat(value("SELECT (" + rest + ") + (SELECT count(*) FROM (" + some + "))"))
          .isEqualTo(1010L);
    }
    session.exposeNumbered(numbered, scan(target, List.of()), "row");
    assertThat(value("SELECT count(row) FROM silver.orders__numbered")).isEqualTo(0L);
  }

  @Test
  void the_result_of_a_query_is_held_under_a_name_with_the_types_asked_for() {
    TableName name = TableName.parse("silver.orders");
    Schema schema =
        Schema.of(
            Column.of("id", Type.Primitive.BIGINT), Column.of("amount", new Type.Decimal(12, 2)));

    connection.hold("SELECT 1.5 AS amount, range AS id FROM range(3)", name, schema);
    connection.hold(
        "SELECT id + 1 AS id, sum(amount) AS amount FROM silver.orders GROUP BY id", name, schema);

    assertThat(connection.describe("FROM silver.orders")).isEqualTo(schema);
    try (EngineConnection other = session.connect()) {
      assertThat(other.query("SELECT sum(id) FROM silver.orders", 1).rows().toString())
          .isEqualTo("[[6]]");
    }
    assertThatThrownBy(() -> connection.hold("SELECT nope FROM silver.orders", name, schema))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("nope");
    assertThat(value("SELECT count(*) FROM silver.orders")).isEqualTo(3L);
  }

  @ParameterizedTest
  @CsvSource({
    "now(), 2024-05-01 12:30:00+00",
    "current_timestamp, 2024-05-01 12:30:00+00",
    "get_current_timestamp(), 2024-05-01 12:30:00+00",
    "transaction_timestamp(), 2024-05-01 12:30:00+00",
    "localtimestamp, 2024-05-01 12:30:00",
    "current_localtimestamp(), 2024-05-01 12:30:00",
    "current_date, 2024-05-01",
    "today(), 2024-05-01",
    "current_time, 12:30:00+00",
    "get_current_time(), 12:30:00+00",
    "localtime, 12:30:00",
    "current_localtime(), 12:30:00",
    "ago(INTERVAL 1 DAY), 2024-04-30 12:30:00+00",
    "age(TIMESTAMP '2024-04-01'), 1 month",
    "age(TIMESTAMP '2024-04-01' + INTERVAL 1 DAY), 29 days",
    "Now() - now(), 00:00:00"
  })
  void a_fixed_clock_gives_one_time_wherever_sql_asks_for_it(String sql, String text) {
    String type = (String) value("SELECT typeof(" + sql + ")");
    session.exposeView(TableName.parse("silver.times"), "SELECT " + sql + " AS one");

    session.fixClock(Instant.parse("2023-01-01T00:00:00Z"));
    session.fixClock(Instant.parse("2024-05-01T12:30:00Z"));

    assertThat(value("SELECT CAST(" + sql + " AS VARCHAR)")).isEqualTo(text);
    assertThat(value("SELECT CAST(max(one) AS VARCHAR) FROM silver.times")).isEqualTo(text);
    assertThat(value("SELECT typeof(" + sql + ")")).isEqualTo(type);
    assertThat(connection.describeNative("SELECT " + sql).getFirst().name())
        .doesNotContain("2024-05");
  }

  @Test
  void exposing_again_replaces_what_all_connections_see() {
    WriteTarget target = target(Column.of("id", Type.Primitive.BIGINT));
    session.expose(scan(target, connection.write("SELECT 1 AS id", target)));
    assertThat(value("SELECT id FROM silver.orders")).isEqualTo(1L);

    session.expose(scan(target, connection.write("SELECT 2 AS id", target)));

    assertThat(value("SELECT id FROM silver.orders")).isEqualTo(2L);
    try (EngineConnection other = session.connect()) {
      assertThat(other.query("SELECT id FROM silver.orders", 9).rows())
          .isEqualTo(List.of(List.of(2L)));
    }
  }

  @Test
  void views_may_come_before_the_tables_they_read() {
    session.exposeView(TableName.parse("gold.top"), "SELECT id + 1 AS id FROM silver.orders");
    session.exposeView(TableName.parse("gold.over"), "SELECT id * 10 AS id FROM gold.top");
    WriteTarget target = target(Column.of("id", Type.Primitive.BIGINT));
    session.expose(scan(target, connection.write("SELECT 1 AS id", target)));

    assertThat(value("SELECT id FROM gold.over")).isEqualTo(20L);
  }

  @Test
  void a_view_that_lacks_its_table_says_so() {
    session.exposeView(TableName.parse("gold.top"), "SELECT id FROM silver.nothing");

    Failure failure = failure(() -> connection.query("SELECT * FROM gold.top", 1));

    assertThat(failure.remedy()).isEqualTo(Remedy.FIX_INPUT);
    assertThat(failure).hasMessageContaining("gold.top").hasMessageContaining("silver.nothing");
  }

  @Test
  void empty_tables_can_be_bound_against() {
    session.exposeEmpty(
        ORDERS,
        Schema.of(
            Column.of("id", Type.parse("bigint")),
            Column.of("tags", Type.parse("struct(a varchar)[]"))));

    Schema schema =
        connection.describe(
            "SELECT id + 1 AS next, tags[1].a AS tag, count(*) AS n FROM silver.orders GROUP BY ALL");

    assertThat(schema.columns().stream().map(Column::toString))
        .containsExactly("next BIGINT", "tag VARCHAR", "n BIGINT");
    assertThat(value("SELECT count(*) FROM silver.orders")).isEqualTo(0L);
  }

  @Test
  void rows_in_memory_can_be_queried() {
    Schema schema =
        Schema.of(
            Column.of("name", Type.parse("varchar")),
            Column.of("n", Type.parse("bigint")),
            Column.of("tags", Type.parse("varchar[]")));
    session.exposeRows(
        TableName.parse("system.runs"),
        schema,
        List.of(
            Arrays.asList("it's", 1, List.of("a\"b", "c\\d")), Arrays.asList(null, null, null)));

    assertThat(connection.query("SELECT * FROM system.runs ORDER BY n", 9).rows())
        .isEqualTo(
            List.of(
                Arrays.asList("it's", 1L, List.of("a\"b", "c\\d")),
                Arrays.asList(null, null, null)));

    session.exposeRows(TableName.parse("system.runs"), schema, List.of());
    assertThat(value("SELECT count(*) FROM system.runs")).isEqualTo(0L);
  }

  @Test
  void types_the_lake_lacks_are_described_as_what_is_stored() {
    Schema schema =
        connection.describe(
            "SELECT 1::HUGEINT AS h, 'x'::ENUM('x', 'y') AS e, '{}'::JSON AS j, INTERVAL 1 DAY AS i, 1::UTINYINT AS u");

    assertThat(schema.columns().stream().map(column -> column.type().sql()))
        .containsExactly("DECIMAL(38,0)", "VARCHAR", "VARCHAR", "VARCHAR", "INTEGER");
    assertThat(connection.describeNative("SELECT 1::HUGEINT AS h"))
        .containsExactly(new EngineColumn("h", "HUGEINT"));
  }

  @Test
  void a_stream_hands_over_every_row_and_no_more() {
    AtomicInteger rows = new AtomicInteger();

    connection.stream(
        "SELECT range, 'text' FROM range(300000)",
        new RowSink() {
          @Override
          public void columns(List<EngineColumn> columns) {
            assertThat(columns).hasSize(2);
          }

          @Override
          public void row(List<Object> values) {
            assertThat(values).hasSize(2);
            rows.incrementAndGet();
          }
        });

    assertThat(rows).hasValue(300_000);
  }

  @Test
  void temporary_objects_are_seen_by_their_connection_alone() {
    connection.execute("CREATE TEMP TABLE mine AS SELECT 7 AS n");

    assertThat(value("SELECT n FROM mine")).isEqualTo(7);
    try (EngineConnection other = session.connect()) {
      assertThat(failure(() -> other.query("SELECT n FROM mine", 1)).remedy())
          .isEqualTo(Remedy.FIX_INPUT);
    }
  }

  @Test
  void sessions_do_not_see_each_others_tables() {
    session.exposeEmpty(ORDERS, Schema.of(Column.of("id", Type.parse("bigint"))));

    try (EngineSession other = engine.open();
        EngineConnection elsewhere = other.connect()) {
      assertThat(failure(() -> elsewhere.query("FROM silver.orders", 1)).remedy())
          .isEqualTo(Remedy.FIX_INPUT);
    }
  }
}
