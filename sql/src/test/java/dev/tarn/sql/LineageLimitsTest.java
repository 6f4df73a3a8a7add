package dev.tarn.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.LineageEdge;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class LineageLimitsTest {
  private static final SqlParser PARSER = new SqlParser();

  @AfterAll
  static void close() {
    PARSER.close();
  }

  @Test
  void the_deepest_allowed_query_is_traced_on_a_common_stack() throws InterruptedException {
    String sums = "SELECT a" + " + a".repeat(280) + " AS s FROM silver.t";
    String queries =
        "SELECT * FROM " + "(SELECT * FROM ".repeat(140) + "silver.t" + ")".repeat(140);
    AtomicInteger columns = new AtomicInteger();

    Thread small =
        new Thread(null, () -> columns.set(count(sums) + count(queries)), "small", 512 * 1024);
    small.start();
    small.join();

    assertThat(columns.get()).isEqualTo(2);
  }

  private static int count(String sql) {
    Query query = PARSER.parse(sql);
    assertThat(query.tables()).hasSize(1);
    assertThat(query.functions().size()).isLessThan(300);
    return ColumnLineage.of(
            query, _ -> Optional.of(Schema.of(Column.of("a", Type.Primitive.BIGINT))))
        .columns()
        .size();
  }

  @Test
  void ten_thousand_columns_are_traced() {
    Schema wide =
        new Schema(
            IntStream.range(0, 10_000)
                .mapToObj(i -> Column.of("c" + i, Type.Primitive.VARCHAR))
                .toList());
    String casts =
        IntStream.range(0, 10_000)
            .mapToObj(i -> "c" + i + "::BIGINT AS c" + i)
            .collect(Collectors.joining(", "));
    Query query =
        PARSER.parse(
            "WITH a AS (SELECT * FROM bronze.wide WHERE c1 > '') SELECT " + casts + " FROM a");

    ColumnLineage lineage = ColumnLineage.of(query, _ -> Optional.of(wide));

    assertThat(lineage.columns()).hasSize(10_000);
    assertThat(lineage.columns().get(9_999).values()).hasToString("[bronze.wide.c9999]");
  }

  @Test
  void recursion_inside_recursion_ends() {
    String sql = "SELECT a FROM silver.t";
    for (int i = 0; i < 40; i++) {
      sql =
          "WITH RECURSIVE r"
              + i
              + " AS (SELECT a FROM silver.t UNION ALL SELECT x.a FROM ("
              + sql
              + ") x JOIN r"
              + i
              + " USING (a)) SELECT a FROM r"
              + i;
    }
    Query query = PARSER.parse(sql);

    assertThatThrownBy(() -> ColumnLineage.of(query, _ -> Optional.empty()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("intricate");
  }

  @Test
  void a_megabyte_of_calls_is_judged_in_seconds() {
    Query query = PARSER.parse("SELECT 'ä'" + ", getenv('x')".repeat(20_000));

    assertThat(QueryGuard.check(query, GuardSettings.strict())).hasSize(100);
    assertThat(query.fingerprint()).hasSize(64);
  }

  @Test
  void edges_tell_a_source_once_and_as_value_when_it_is_both() {
    Query query =
        PARSER.parse("SELECT status, sum(amount) AS total FROM silver.orders GROUP BY status");

    ColumnLineage lineage = ColumnLineage.of(query, ShopTables::schema);

    TableName orders = TableName.parse("silver.orders");
    TableName gold = TableName.parse("gold.totals");
    assertThat(lineage.edges(gold))
        .containsExactly(
            new LineageEdge(gold, "status", orders, "status", "value"),
            new LineageEdge(gold, "total", orders, "amount", "value"),
            new LineageEdge(gold, "total", orders, "status", "condition"));
  }
}
