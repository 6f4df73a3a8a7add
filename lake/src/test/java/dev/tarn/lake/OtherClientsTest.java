package dev.tarn.lake;

import static dev.tarn.lake.TestLake.ORDER;
import static dev.tarn.lake.TestLake.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import dev.tarn.vocabulary.Type.Primitive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OtherClientsTest {
  private static final Schema EVERYTHING =
      Schema.of(
          Column.of("b", Primitive.BOOLEAN),
          Column.of("i", Primitive.INTEGER),
          Column.of("l", Primitive.BIGINT),
          Column.of("f", Primitive.FLOAT),
          Column.of("d", Primitive.DOUBLE),
          Column.of("dec", new Type.Decimal(9, 2)),
          Column.of("dec20", new Type.Decimal(20, 4)),
          Column.of("dec38", new Type.Decimal(38, 0)),
          Column.of("dt", Primitive.DATE),
          Column.of("t", Primitive.TIME),
          Column.of("ts", Primitive.TIMESTAMP),
          Column.of("tz", Primitive.TIMESTAMPTZ),
          Column.of("s", Primitive.VARCHAR),
          Column.of("u", Primitive.UUID),
          Column.of("x", Primitive.BLOB),
          Column.of(
              "st",
              new Type.Struct(
                  List.of(
                      Column.of("a", Primitive.INTEGER),
                      Column.of(
                          "in ner", new Type.Struct(List.of(Column.of("z", Primitive.VARCHAR))))))),
          Column.of("li", new Type.ListOf(Primitive.BIGINT)),
          Column.of(
              "ls", new Type.ListOf(new Type.Struct(List.of(Column.of("k", Primitive.VARCHAR))))),
          Column.of("mp", new Type.MapOf(Primitive.VARCHAR, new Type.Decimal(10, 2))),
          Column.of("we\"ird.name", Primitive.VARCHAR));
  private static final String ROWS =
      """
      SELECT i % 2 = 0 AS b, i::INTEGER - 2 AS i, i * 10000000000 - 7 AS l, (i / 3)::FLOAT AS f,
        CASE i WHEN 0 THEN 'nan'::DOUBLE WHEN 1 THEN '-0.0'::DOUBLE WHEN 2 THEN 0.0 ELSE NULL END AS d,
        (i - 2) * 1.25 AS dec, (i - 2) * 12345678901.2345 AS dec20, (i::DECIMAL(38,0) - 3) * 100000000000000000000 AS dec38,
        DATE '1969-12-30' + i::INTEGER AS dt, TIME '23:59:59.999999' - to_microseconds(i) AS t,
        TIMESTAMP '1969-12-31 23:59:59.999999' + to_days(i::INTEGER) AS ts,
        TIMESTAMPTZ '2026-01-31 08:00:00.5+00' + to_hours(i::INTEGER) AS tz,
        repeat('äöü😀', i::INTEGER * 3) || i AS s, md5(i::VARCHAR)::UUID AS u, encode(repeat(chr(255), 20) || i) AS x,
        CASE WHEN i <> 3 THEN {'a': i, 'in ner': {'z': 'deep' || i}} END AS st,
        [i, NULL, i + 1] AS li, [{'k': 'v' || i}] AS ls, MAP {'one': i * 1.5} AS mp, 'w' || i AS "we""ird.name"
      FROM range(5) r(i)
      """;

  private static final Schema PARTS =
      Schema.of(
          Column.of("country", Primitive.VARCHAR),
          Column.of("at", Primitive.TIMESTAMP),
          Column.of("id", Primitive.BIGINT),
          Column.of("at_day", Primitive.INTEGER));
  private static final TableSpec PARTITIONED =
      new TableSpec(
          PARTS,
          List.of(
              new PartitionKey("country", new Transform.Identity()),
              new PartitionKey("at", new Transform.Day()),
              new PartitionKey("at", new Transform.Month()),
              new PartitionKey("id", new Transform.Bucket(4)),
              new PartitionKey("id", new Transform.Truncate(10))),
          List.of(new SortKey("id", true, false)),
          Map.of("comment", "Orders by country"),
          Map.of("country", "Where it went"));

  @TempDir Path folder;

  @Test
  void icebergs_own_catalog_lists_loads_and_reads_our_tables() {
    try (TestLake lake = TestLake.in(folder)) {
      lake.replace(ORDERS, TableSpec.of(ORDER), "SELECT 1 AS id, 'placed' AS status");
      lake.append(ORDERS, TableSpec.of(ORDER), "SELECT 2 AS id, 'shipped' AS status");
      try (OtherClients others = new OtherClients(folder)) {
        assertThat(others.catalog().listNamespaces()).containsExactly(Namespace.of("silver"));
        assertThat(others.catalog().listTables(Namespace.of("silver")))
            .containsExactly(OtherClients.identifier(ORDERS));
        assertThat(others.rows(ORDERS)).containsExactly("1|placed", "2|shipped");
      }
    }
  }

  @Test
  void every_type_is_read_back_by_icebergs_own_reader() {
    TableName name = TableName.parse("silver.everything");
    try (TestLake lake = TestLake.in(folder);
        OtherClients others = new OtherClients(folder)) {
      lake.replace(name, TableSpec.of(EVERYTHING), ROWS);

      List<String> rows = others.rows(name);
      assertThat(rows).hasSize(5);
      assertThat(rows.getFirst())
          .startsWith(
              "false|-1|9999999993|0.33333334|-0.0|-1.25|-12345678901.2345|-200000000000000000000|1969-12-31|23:59:59.999998|1970-01-01T23:59:59.999999|2026-01-31T09:00:00.500Z|");
      assertThat(lake.lake.find(name).orElseThrow().schema()).isEqualTo(EVERYTHING);
      assertThat(lake.rows(name)).hasSize(5);
    }
  }

  @Test
  void counts_and_bounds_are_those_that_iceberg_itself_finds_in_the_file() throws IOException {
    TableName name = TableName.parse("silver.everything");
    try (TestLake lake = TestLake.in(folder);
        OtherClients others = new OtherClients(folder)) {
      lake.replace(name, TableSpec.of(EVERYTHING), ROWS);

      Table table = others.table(name);
      DataFile file = onlyFile(table);
      Metrics found =
          ParquetUtil.fileMetrics(
              org.apache.iceberg.Files.localInput(file.location()), MetricsConfig.forTable(table));
      int uuid = table.schema().findField("u").fieldId();
      assertThat(file.recordCount()).isEqualTo(5);
      assertThat(file.columnSizes()).isEqualTo(found.columnSizes());
      assertThat(file.valueCounts()).isEqualTo(found.valueCounts());
      assertThat(file.nullValueCounts()).isEqualTo(found.nullValueCounts());
      // A footer with a NaN has no bounds to go by; the engine's statistics leave the NaN out of
      // them.
      int number = table.schema().findField("d").fieldId();
      assertThat(without(file.lowerBounds(), number)).isEqualTo(without(found.lowerBounds(), uuid));
      assertThat(without(file.upperBounds(), number)).isEqualTo(without(found.upperBounds(), uuid));
      assertThat(file.nanValueCounts().get(number)).isEqualTo(1);
      assertThat(file.lowerBounds().get(number))
          .isEqualTo(Conversions.toByteBuffer(Types.DoubleType.get(), -0.0));
      assertThat(file.upperBounds().get(number))
          .isEqualTo(Conversions.toByteBuffer(Types.DoubleType.get(), 0.0));
    }
  }

  @Test
  void types_of_format_version_3_make_a_table_of_version_3() {
    TableName name = TableName.parse("silver.newer");
    Schema schema =
        Schema.of(Column.of("ns", Primitive.TIMESTAMP_NS), Column.of("v", Primitive.INTEGER));
    try (TestLake lake = TestLake.in(folder);
        OtherClients others = new OtherClients(folder)) {
      lake.replace(
          name,
          TableSpec.of(schema),
          "SELECT TIMESTAMP_NS '2026-01-31 08:00:00.123456789' AS ns, 1 AS v");
      lake.append(
          name,
          TableSpec.of(schema),
          "SELECT TIMESTAMP_NS '1969-12-31 23:59:59.999999999' AS ns, 2 AS v");

      assertThat(others.rows(name))
          .containsExactly("1969-12-31T23:59:59.999999999|2", "2026-01-31T08:00:00.123456789|1");
      assertThat(others.table(name).properties()).doesNotContainKey("format-version");
      assertThat(others.rows(name, Expressions.equal("v", 2))).hasSize(1);
    }
  }

  @Test
  void partitions_are_found_by_their_values() throws IOException {
    TableName name = TableName.parse("silver.parts");
    try (TestLake lake = TestLake.in(folder);
        OtherClients others = new OtherClients(folder)) {
      try (Branch branch = lake.branch()) {
        WriteTarget target = branch.replace(name, PARTITIONED);
        branch.stage(
            target,
            List.of(
                lake.duckdb.write(
                    target,
                    "SELECT 'd/e %' AS country, TIMESTAMP '1969-12-31 10:00:00' AS at, 34 AS id, 0 AS at_day",
                    List.of(
                        Optional.of("d/e %"),
                        Optional.of("-1"),
                        Optional.of("-1"),
                        Optional.of("3"),
                        Optional.of("30"))),
                lake.duckdb.write(
                    target,
                    "SELECT NULL AS country, TIMESTAMP '2026-01-31 10:00:00' AS at, 34 AS id, 0 AS at_day",
                    List.of(
                        Optional.empty(),
                        Optional.of("20484"),
                        Optional.of("672"),
                        Optional.of("3"),
                        Optional.of("30")))));
        branch.publish(_ -> {});
      }

      prunes(others.table(name));
      says(lake.lake.find(name).orElseThrow());
    }
  }

  private static void prunes(Table table) throws IOException {
    assertThat(table.spec().toString())
        .contains("at_day_2: day(2)", "id_bucket: bucket[4](3)", "id_trunc: truncate[10](3)");
    assertThat(table.sortOrder().toString()).contains("DESC NULLS LAST");
    assertThat(table.schema().findField("country").doc()).isEqualTo("Where it went");
    assertThat(
            planned(
                table
                    .newScan()
                    .filter(Expressions.lessThan("at", "1970-01-01T00:00:00"))
                    .planFiles()))
        .isEqualTo(1);
    assertThat(planned(table.newScan().filter(Expressions.equal("country", "d/e %")).planFiles()))
        .isEqualTo(1);
    assertThat(planned(table.newScan().filter(Expressions.isNull("country")).planFiles()))
        .isEqualTo(1);
  }

  private static void says(LakeTable read) {
    assertThat(read.partition()).isEqualTo(PARTITIONED.partition());
    assertThat(read.sort()).isEqualTo(PARTITIONED.sort());
    assertThat(read.description()).isEqualTo("Orders by country");
    assertThat(read.columnDocs()).isEqualTo(PARTITIONED.columnDocs());
    assertThat(read.files())
        .extracting(DataFileInfo::partition)
        .anySatisfy(text -> assertThat(text).contains("at_day_2=1969-12-31"));
  }

  @Test
  void views_are_icebergs_views() {
    TableName name = TableName.parse("gold.open_orders");
    try (TestLake lake = TestLake.in(folder);
        OtherClients others = new OtherClients(folder)) {
      for (String sql : List.of("SELECT 1 AS id", "SELECT id, status FROM silver.orders")) {
        try (Branch branch = lake.branch()) {
          branch.view(name, sql, ORDER, Map.of("comment", "Not shipped"));
          assertThat(branch.findView(name).orElseThrow().sql()).isEqualTo(sql);
          branch.publish(_ -> {});
        }
      }

      assertThat(lake.lake.view(name).orElseThrow().sql())
          .isEqualTo("SELECT id, status FROM silver.orders");
      assertThat(lake.lake.views()).containsExactly(name);
      assertThat(lake.lake.find(name)).isEmpty();
      var view = others.catalog().loadView(OtherClients.identifier(name));
      assertThat(view.sqlFor("duckdb").sql()).isEqualTo("SELECT id, status FROM silver.orders");
      lake.replace(name, TableSpec.of(ORDER), "SELECT 1 AS id, 'now a table' AS status");
      assertThat(lake.rows(name)).containsExactly("1|now a table");
      assertThat(lake.lake.view(name)).isEmpty();
    }
  }

  private static DataFile onlyFile(Table table) throws IOException {
    try (CloseableIterable<FileScanTask> tasks = table.newScan().includeColumnStats().planFiles()) {
      return tasks.iterator().next().file();
    }
  }

  private static int planned(CloseableIterable<FileScanTask> tasks) throws IOException {
    try (tasks) {
      int count = 0;
      for (FileScanTask _ : tasks) {
        count++;
      }
      return count;
    }
  }

  private static <V> Map<Integer, V> without(Map<Integer, V> map, int key) {
    Map<Integer, V> rest = new java.util.HashMap<>(map);
    rest.remove(key);
    return rest;
  }
}
