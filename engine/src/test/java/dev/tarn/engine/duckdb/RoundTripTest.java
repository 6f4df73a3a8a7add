package dev.tarn.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.engine.EngineSettings;
import dev.tarn.lake.FieldNode;
import dev.tarn.lake.Matching;
import dev.tarn.lake.Scan;
import dev.tarn.lake.ScanFile;
import dev.tarn.lake.WriteTarget;
import dev.tarn.lake.WrittenFile;
import dev.tarn.vocabulary.ByteSize;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes into files comes out again, for every type, through this engine and through Iceberg's
/// own reader.
class RoundTripTest {
  private static final TableName TABLE = TableName.parse("silver.all_types");
  private static final List<Column> COLUMNS =
      List.of(
          column("b", "boolean"),
          column("i", "integer"),
          column("l", "bigint"),
          column("f", "float"),
          column("d", "double"),
          column("small", "decimal(9,2)"),
          column("middle", "decimal(18,4)"),
          column("large", "decimal(38,10)"),
          column("date", "date"),
          column("t", "time"),
          column("ts", "timestamp"),
          column("tz", "timestamptz"),
          column("text", "varchar"),
          column("u", "uuid"),
          column("bytes", "blob"),
          column(
              "s", "struct(a bigint, \"we\"\"ird name\" varchar, c struct(x double, y timestamp))"),
          column("li", "integer[]"),
          column("lt", "timestamptz[]"),
          column("ls", "struct(p varchar, q blob)[]"),
          column("ll", "varchar[][]"),
          column("md", "map(varchar, decimal(12,3))"),
          column("ms", "map(integer, struct(n uuid, m date))"),
          column("Größe \"x\" . y", "varchar"));

  @TempDir Path folder;

  @Test
  void every_type_comes_back_as_it_was() {
    List<FieldNode> fields = Fields.of(COLUMNS);
    List<List<Object>> rows = new RandomValues(7).rows(COLUMNS, 600);
    WriteTarget target = new WriteTarget(TABLE, folder, fields, List.of(), List.of(), 1 << 26);
    try (DuckDbEngine engine = engine();
        EngineSession session = engine.open();
        EngineConnection connection = session.connect()) {
      session.exposeRows(TableName.parse("given.rows"), new Schema(COLUMNS), rows);
      assertThat(connection.query("FROM given.rows", 5000).rows())
          .map(RoundTripTest::comparable)
          .isEqualTo(rows.stream().map(RoundTripTest::comparable).toList());

      WrittenFile file = only(connection.write("SELECT * FROM given.rows ORDER BY ALL", target));
      session.expose(
          new Scan(
              TABLE,
              1,
              fields,
              List.of(
                  new ScanFile(file.path(), file.rows(), file.bytes(), Optional.of(file.crc32c()))),
              Matching.NAMES));

      List<List<Object>> read = connection.query("FROM silver.all_types", 5000).rows();
      assertThat(read)
          .map(RoundTripTest::comparable)
          .isEqualTo(
              IcebergReading.rows(file.path(), fields).stream()
                  .map(RoundTripTest::comparable)
                  .toList());
      assertThat(
              connection
                  .query(
                      "(FROM given.rows EXCEPT ALL FROM silver.all_types) UNION ALL (FROM silver.all_types EXCEPT ALL FROM given.rows)",
                      9)
                  .rows())
          .isEmpty();
    }
  }

  @Test
  void values_do_not_depend_on_the_time_zone_of_the_process() {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
    try (DuckDbEngine engine = engine();
        EngineSession session = engine.open();
        EngineConnection connection = session.connect()) {
      List<Object> row =
          connection
              .query(
                  "SELECT TIMESTAMP '2020-03-29 02:30:00' AS gap, [TIMESTAMP '2020-03-29 01:30:00'] AS l, {'t': TIMESTAMP '2020-03-29 01:30:00'} AS s, "
                      + "TIMESTAMPTZ '2020-03-29 02:30:00' AS z, [TIMESTAMPTZ '2020-03-29 02:30:00'] AS zs, CAST(TIMESTAMPTZ '2020-03-29 02:30:00' AS VARCHAR) AS text, "
                      + "TIMESTAMP '0044-03-15 (BC) 00:00:00' AS bc",
                  1)
              .rows()
              .get(0);

      var gap = java.time.LocalDateTime.of(2020, 3, 29, 2, 30);
      var instant = gap.atOffset(java.time.ZoneOffset.UTC);
      assertThat(row)
          .isEqualTo(
              List.of(
                  gap,
                  List.of(gap.minusHours(1)),
                  Map.of("t", gap.minusHours(1)),
                  instant,
                  List.of(instant),
                  "2020-03-29 02:30:00+00",
                  java.time.LocalDateTime.of(-43, 3, 15, 0, 0)));
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void values_without_a_java_type_come_as_text() {
    try (DuckDbEngine engine = engine();
        EngineSession session = engine.open();
        EngineConnection connection = session.connect()) {
      List<Object> row =
          connection
              .query(
                  "SELECT INTERVAL '1 day' AS i, '{\"a\": 1}'::JSON AS j, 'x'::ENUM('x') AS e, TIME '24:00:00' AS t, 'infinity'::DATE AS d, '-infinity'::TIMESTAMPTZ AS z, "
                      + "'infinity'::TIMESTAMP AS ts, '12:00:00+02'::TIMETZ AS tt, 5::BIGNUM AS n, '101'::BIT AS bits, 1::TINYINT AS tiny, 1::UHUGEINT AS huge, 1::UTINYINT AS u, NULL AS nothing, "
                      + "union_value(x := 1) AS un, [1, 2]::INT[2] AS arr, 1::VARIANT AS v, 'a\\x00b'::BLOB AS bytes",
                  1)
              .rows()
              .get(0);

      assertThat(row.subList(0, 10))
          .containsExactly(
              "1 day",
              "{\"a\": 1}",
              "x",
              "24:00:00",
              "infinity",
              "-infinity",
              "infinity",
              "12:00+02:00",
              "5",
              "101");
      assertThat(row.subList(10, 17))
          .containsExactly(1, java.math.BigInteger.ONE, 1, null, 1, List.of(1, 2), 1);
      assertThat((byte[]) row.get(17)).isEqualTo(new byte[] {'a', 0, 'b'});
    }
  }

  @Test
  void statistics_come_with_every_leaf_and_field_ids_with_every_part() {
    List<FieldNode> fields = Fields.of(COLUMNS);
    try (DuckDbEngine engine = engine();
        EngineSession session = engine.open();
        EngineConnection connection = session.connect()) {
      session.exposeRows(
          TableName.parse("given.rows"),
          new Schema(COLUMNS),
          new RandomValues(8).rows(COLUMNS, 200));
      WrittenFile file =
          only(
              connection.write(
                  "SELECT * FROM given.rows",
                  new WriteTarget(TABLE, folder, fields, List.of(), List.of(), 1 << 26)));

      assertThat(file.statistics())
          .containsKeys(
              "\"i\"",
              "\"s\".\"we\"\"ird name\"",
              "\"s\".\"c\".\"x\"",
              "\"li\".\"element\"",
              "\"ls\".\"element\".\"p\"",
              "\"ms\".\"key\"",
              "\"ms\".\"value\".\"n\"");
      assertThat(file.statistics().get("\"i\""))
          .containsKeys("column_size_bytes", "num_values", "null_count", "min", "max");
      List<Object> ids = new ArrayList<>();
      connection
          .query(
              "SELECT field_id FROM parquet_schema('"
                  + file.path()
                  + "') WHERE field_id IS NOT NULL ORDER BY 1",
              999)
          .rows()
          .forEach(row -> ids.add(((Number) row.get(0)).intValue()));
      assertThat(ids).isEqualTo(Fields.ids(fields).sorted().boxed().toList());
    }
  }

  @Test
  void types_of_the_third_format_version_come_back_as_they_were() {
    List<FieldNode> fields =
        Fields.of(
            List.of(
                column("n", "timestamp_ns"),
                column("z", "timestamptz_ns"),
                column("v", "variant")));
    try (DuckDbEngine engine = engine();
        EngineSession session = engine.open();
        EngineConnection connection = session.connect()) {
      String sql =
          "SELECT '1960-01-01 00:00:00.123456789'::TIMESTAMP_NS AS n, '1960-01-01 00:00:00.123456789+00'::TIMESTAMPTZ_NS AS z, {'a': [1, 2]}::VARIANT AS v";
      WrittenFile file =
          only(
              connection.write(
                  sql, new WriteTarget(TABLE, folder, fields, List.of(), List.of(), 1 << 26)));
      session.expose(
          new Scan(
              TABLE,
              1,
              fields,
              List.of(
                  new ScanFile(file.path(), file.rows(), file.bytes(), Optional.of(file.crc32c()))),
              Matching.NAMES));

      var time = java.time.LocalDateTime.of(1960, 1, 1, 0, 0, 0, 123_456_789);
      assertThat(connection.query("FROM silver.all_types", 9).rows())
          .isEqualTo(
              List.of(
                  List.of(
                      time, time.atOffset(java.time.ZoneOffset.UTC), Map.of("a", List.of(1, 2)))));
    }
  }

  private DuckDbEngine engine() {
    return new DuckDbEngine(
        new EngineSettings(
            new ByteSize(1L << 30), 2, folder.resolve("tmp"), new ByteSize(1L << 30)));
  }

  /// Bytes with an equality.
  private static Object comparable(Object value) {
    return switch (value) {
      case null -> Optional.empty();
      case byte[] bytes -> java.nio.ByteBuffer.wrap(bytes);
      case List<?> list -> list.stream().map(RoundTripTest::comparable).toList();
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> List.of(comparable(entry.getKey()), comparable(entry.getValue())))
              .toList();
      default -> value;
    };
  }

  private static Column column(String name, String type) {
    return Column.of(name, Type.parse(type));
  }

  private static WrittenFile only(List<WrittenFile> files) {
    assertThat(files).hasSize(1);
    return files.get(0);
  }
}
