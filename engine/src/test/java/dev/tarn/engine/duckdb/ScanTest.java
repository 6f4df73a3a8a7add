package dev.tarn.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Remedy;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Snapshots are read by field id, only as far as asked, and never when a file is damaged.
class ScanTest {
  private static final TableName TABLE = TableName.parse("silver.t");

  @TempDir Path folder;
  private DuckDbEngine engine;
  private EngineSession session;
  private EngineConnection connection;

  @BeforeEach
  void open() {
    engine =
        new DuckDbEngine(
            new EngineSettings(
                new ByteSize(1L << 30), 2, folder.resolve("tmp"), new ByteSize(1L << 30)));
    session = engine.open();
    connection = session.connect();
  }

  @AfterEach
  void close() {
    connection.close();
    session.close();
    engine.close();
  }

  @Test
  void renamed_swapped_added_widened_and_readded_columns_are_read_by_id() {
    WrittenFile old =
        write(
            "SELECT 1 AS a, 'b1' AS b, 2.5::FLOAT AS c, 7 AS gone",
            primitive(1, "a", "integer"),
            primitive(2, "b", "varchar"),
            primitive(3, "c", "float"),
            primitive(4, "gone", "integer"));
    List<FieldNode> now =
        List.of(
            primitive(2, "a", "varchar"),
            primitive(1, "b", "bigint"),
            primitive(3, "c", "double"),
            primitive(5, "gone", "varchar"));
    WrittenFile fresh =
        write(
            "SELECT 'a2' AS a, 5000000000 AS b, 1e100 AS c, 'g' AS gone",
            now.toArray(FieldNode[]::new));

    session.expose(scan(now, Matching.IDS, old, fresh));

    assertThat(rows("FROM silver.t ORDER BY a"))
        .isEqualTo(
            List.of(List.of("a2", 5_000_000_000L, 1e100, "g"), Arrays.asList("b1", 1L, 2.5, null)));
    assertThat(rows("SELECT c FROM silver.t WHERE b > 4000000000"))
        .isEqualTo(List.of(List.of(1e100)));
  }

  @Test
  void nested_fields_that_changed_their_names_are_rebuilt_by_id() {
    List<FieldNode> before = nestedBefore();
    WrittenFile old =
        write(
            "SELECT 1 AS id, {'a': 1, 'b': 'x', 'c': {'x': DATE '2020-01-01'}} AS s, [{'k': 1, 'v': 'v1'}, NULL] AS l, MAP {'p': {'n': 5}} AS m UNION ALL SELECT 2, NULL, NULL, NULL "
                + "UNION ALL SELECT 3, {'a': NULL, 'b': 'y', 'c': NULL}, [], MAP {}",
            before.toArray(FieldNode[]::new));
    List<FieldNode> now = nestedNow();
    WrittenFile fresh =
        write(
            "SELECT 4 AS id, {'b': 10, 'a': 'n', 'c': {'day': DATE '2021-01-01'}, 'e': 0.5} AS s, [{'kk': 2, 'v': 3}] AS items, MAP {'q': {'nn': 6}} AS m, {'q': 9} AS z",
            now.toArray(FieldNode[]::new));

    session.expose(scan(now, Matching.NESTED_IDS, old, fresh));

    List<List<Object>> expected = new ArrayList<>(IcebergReading.rows(old.path(), now));
    expected.addAll(IcebergReading.rows(fresh.path(), now));
    expected.sort(java.util.Comparator.comparing(row -> (Long) row.get(0)));
    assertThat(rows("FROM silver.t ORDER BY id")).isEqualTo(expected);
    assertThat(rows("SELECT s.b, items[1].kk, m['p'].nn FROM silver.t WHERE id = 1"))
        .isEqualTo(List.of(List.of(1L, 1, 5L)));
    assertThat(plan("SELECT id FROM silver.t")).doesNotContain("c2").doesNotContain("c3");
  }

  private static List<FieldNode> nestedBefore() {
    FieldNode oldStruct =
        struct(
            2,
            "s",
            "struct(a integer, b varchar, c struct(x date))",
            List.of(
                primitive(5, "a", "integer"),
                primitive(6, "b", "varchar"),
                struct(7, "c", "struct(x date)", List.of(primitive(8, "x", "date")))));
    FieldNode oldList =
        struct(
            3,
            "l",
            "struct(k integer, v varchar)[]",
            List.of(
                struct(
                    9,
                    "element",
                    "struct(k integer, v varchar)",
                    List.of(primitive(10, "k", "integer"), primitive(11, "v", "varchar")))));
    FieldNode oldMap =
        struct(
            4,
            "m",
            "map(varchar, struct(n integer))",
            List.of(
                primitive(12, "key", "varchar"),
                struct(13, "value", "struct(n integer)", List.of(primitive(14, "n", "integer")))));
    return List.of(primitive(1, "id", "integer"), oldStruct, oldList, oldMap);
  }

  /// a and b swapped names, a was widened, c.x was renamed, v was dropped and added anew with
  /// another type, n was renamed.
  private static List<FieldNode> nestedNow() {
    FieldNode newStruct =
        struct(
            2,
            "s",
            "struct(b bigint, a varchar, c struct(day date), e double)",
            List.of(
                primitive(5, "b", "bigint"),
                primitive(6, "a", "varchar"),
                struct(7, "c", "struct(day date)", List.of(primitive(8, "day", "date"))),
                primitive(20, "e", "double")));
    FieldNode newList =
        struct(
            3,
            "items",
            "struct(kk integer, v integer)[]",
            List.of(
                struct(
                    9,
                    "element",
                    "struct(kk integer, v integer)",
                    List.of(primitive(10, "kk", "integer"), primitive(21, "v", "integer")))));
    FieldNode newMap =
        struct(
            4,
            "m",
            "map(varchar, struct(nn bigint))",
            List.of(
                primitive(12, "key", "varchar"),
                struct(13, "value", "struct(nn bigint)", List.of(primitive(14, "nn", "bigint")))));
    FieldNode added = struct(30, "z", "struct(q integer)", List.of(primitive(31, "q", "integer")));
    return List.of(primitive(1, "id", "bigint"), newStruct, newList, newMap, added);
  }

  @Test
  void files_without_ids_are_read_by_name_beside_files_with_ids() {
    List<FieldNode> columns =
        List.of(
            primitive(1, "id", "bigint"),
            struct(
                2,
                "s",
                "struct(x integer, y varchar)",
                List.of(primitive(3, "x", "integer"), primitive(4, "y", "varchar"))));
    connection.execute(
        "COPY (SELECT {'x': 1, 'y': 'one'} AS s, 1::INTEGER AS id) TO '"
            + folder.resolve("foreign.parquet")
            + "' (FORMAT parquet)");
    ScanFile foreign = foreign(folder.resolve("foreign.parquet"), 1);
    WrittenFile own =
        write("SELECT 2 AS id, {'x': 2, 'y': 'two'} AS s", columns.toArray(FieldNode[]::new));

    for (Matching matching : Matching.values()) {
      session.expose(new Scan(TABLE, 1, columns, List.of(foreign, file(own)), matching));
      assertThat(rows("FROM silver.t ORDER BY id"))
          .isEqualTo(
              List.of(
                  List.of(1L, Map.of("x", 1, "y", "one")),
                  List.of(2L, Map.of("x", 2, "y", "two"))));
    }
  }

  @Test
  void only_the_columns_asked_for_are_read() {
    WrittenFile file =
        write(
            "SELECT range AS a, range AS b FROM range(9)",
            primitive(1, "a", "bigint"),
            primitive(2, "b", "bigint"));
    session.expose(
        scan(
            List.of(primitive(1, "a", "bigint"), primitive(2, "b", "bigint")),
            Matching.NAMES,
            file));

    String plan = plan("SELECT b FROM silver.t WHERE b > 5");

    assertThat(plan).contains("Projections: b").contains("b > 5");
  }

  @Test
  void paths_with_strange_names_are_read_as_they_are() throws IOException {
    Path strange = Files.createDirectories(folder.resolve("a[1-3]*?{x,y} 'ü\"=%2F"));
    List<FieldNode> columns = List.of(primitive(1, "id", "integer"));
    WrittenFile file =
        connection
            .write(
                "SELECT 1 AS id",
                new WriteTarget(TABLE, strange, columns, List.of(), List.of(), 1 << 20))
            .get(0);

    session.expose(scan(columns, Matching.NAMES, file));

    assertThat(rows("FROM silver.t")).isEqualTo(List.of(List.of(1)));
  }

  @Test
  void no_damage_to_a_file_goes_unnoticed() throws IOException {
    List<FieldNode> columns =
        List.of(primitive(1, "id", "bigint"), primitive(2, "text", "varchar"));
    WrittenFile file =
        write(
            "SELECT range AS id, 'text' || range % 100 AS text FROM range(5000)",
            columns.toArray(FieldNode[]::new));
    byte[] sound = Files.readAllBytes(file.path());
    Random random = new Random(11);

    for (int i = 0; i < 1200; i++) {
      Files.write(file.path(), damaged(sound, random));
      session.expose(scan(columns, Matching.NAMES, file));
      Failure failure =
          catchThrowableOfType(
              Failure.class, () -> connection.query("SELECT sum(id), min(text) FROM silver.t", 1));
      assertThat(failure).as("mutant %s", i).isNotNull();
      assertThat(failure.remedy()).isEqualTo(Remedy.FIX_DATA);
      assertThat(failure).hasMessageContaining(file.path().toString());
    }

    Files.write(file.path(), sound);
    assertThat(rows("SELECT sum(id) FROM silver.t")).hasSize(1);
  }

  @Test
  void a_statement_verifies_only_the_tables_it_reads() throws IOException {
    List<FieldNode> columns = List.of(primitive(1, "id", "integer"));
    WrittenFile sound = write("SELECT 1 AS id", columns.toArray(FieldNode[]::new));
    WrittenFile broken = write("SELECT 2 AS id", columns.toArray(FieldNode[]::new));
    Files.write(broken.path(), damaged(Files.readAllBytes(broken.path()), new Random(1)));
    session.expose(scan(columns, Matching.NAMES, sound));
    session.expose(
        new Scan(TableName.parse("gold.t"), 1, columns, List.of(file(broken)), Matching.NAMES));
    session.exposeView(
        TableName.parse("gold.v"), "SELECT * FROM -- silver.t\n gold /* of */ . \"t\"");
    connection.execute("CREATE MACRO silent() AS TABLE SELECT * FROM silver.t");

    assertThat(rows("SELECT id FROM silver.t AS gold")).isEqualTo(List.of(List.of(1)));
    assertThat(rows("FROM silent()")).isEqualTo(List.of(List.of(1)));
    for (String sql :
        List.of(
            "FROM gold.v",
            "SELECT (SELECT max(id) FROM GOLD.T)",
            "FROM query_table('gold.t')",
            "FROM query('FROM gol' || 'd.t')",
            "SELECT * FROM memory.gold.t",
            "FROM 'gold'.t")) {
      Failure failure = catchThrowableOfType(Failure.class, () -> connection.query(sql, 1));
      assertThat(failure).as(sql).isNotNull();
    }
    assertThat(catchThrowableOfType(Failure.class, () -> connection.execute("USE gold")))
        .hasMessageContaining(broken.path().toString());
  }

  @Test
  void rows_that_were_copied_need_their_files_no_more_but_views_do() throws IOException {
    List<FieldNode> columns = List.of(primitive(1, "id", "integer"));
    WrittenFile file = write("SELECT 1 AS id", columns.toArray(FieldNode[]::new));
    session.expose(scan(columns, Matching.NAMES, file));
    connection.execute("CREATE OR REPLACE TEMP TABLE copied AS SELECT * FROM silver.t");
    try (EngineConnection other = session.connect()) {
      other.execute("CREATE TEMP TABLE copied AS SELECT 2; CREATE TEMP VIEW seen AS FROM silver.t");
      Files.write(file.path(), damaged(Files.readAllBytes(file.path()), new Random(1)));

      assertThat(rows("FROM copied")).isEqualTo(List.of(List.of(1)));
      assertThat(catchThrowableOfType(Failure.class, () -> other.query("FROM seen", 1)))
          .hasMessageContaining(file.path().toString());
    }
  }

  @Test
  void a_table_of_the_system_layer_is_read_although_duckdb_has_a_catalog_of_that_name() {
    List<FieldNode> columns = List.of(primitive(1, "id", "integer"));
    WrittenFile file = write("SELECT 1 AS id", columns.toArray(FieldNode[]::new));
    session.expose(
        new Scan(TableName.parse("system.runs"), 1, columns, List.of(file(file)), Matching.NAMES));
    session.exposeView(
        TableName.parse("system.latest"),
        "SELECT system.runs.id, 'system.runs' AS text FROM system.runs -- system.runs");

    assertThat(
            rows(
                "SELECT l.id, text, r.id FROM system.latest AS l JOIN \"SYSTEM\".\"runs\" r USING (id)"))
        .isEqualTo(List.of(List.of(1, "system.runs", 1)));
    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () ->
                connection.query(
                    "SELECT id FROM system.runs JOIN system.latest USING (id)\nWHERE i = 1 AND system.runs.idd = 2",
                    1));
    assertThat(failure.problems().get(0).where().orElseThrow().toString()).startsWith(":2");
  }

  private String plan(String sql) {
    return (String) connection.query("EXPLAIN " + sql, 1).rows().get(0).get(1);
  }

  private List<List<Object>> rows(String sql) {
    return connection.query(sql, 1000).rows();
  }

  private WrittenFile write(String sql, FieldNode... columns) {
    List<WrittenFile> files =
        connection.write(
            sql, new WriteTarget(TABLE, folder, List.of(columns), List.of(), List.of(), 1 << 24));
    assertThat(files).hasSize(1);
    return files.get(0);
  }

  private static Scan scan(List<FieldNode> columns, Matching matching, WrittenFile... files) {
    return new Scan(TABLE, 1, columns, Arrays.stream(files).map(ScanTest::file).toList(), matching);
  }

  private static ScanFile file(WrittenFile file) {
    return new ScanFile(file.path(), file.rows(), file.bytes(), Optional.of(file.crc32c()));
  }

  private static ScanFile foreign(Path path, long rows) {
    return new ScanFile(path, rows, path.toFile().length(), Optional.empty());
  }

  private static FieldNode primitive(int id, String name, String type) {
    return new FieldNode(id, name, Type.parse(type), false, List.of());
  }

  private static FieldNode struct(int id, String name, String type, List<FieldNode> children) {
    return new FieldNode(id, name, Type.parse(type), false, children);
  }

  /// A few bits flipped, a range zeroed, or the end cut off.
  private static byte[] damaged(byte[] sound, Random random) {
    byte[] bytes = sound.clone();
    switch (random.nextInt(3)) {
      case 0 -> {
        for (int i = 0; i <= random.nextInt(4); i++) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 1 -> {
        int from = random.nextInt(bytes.length);
        Arrays.fill(bytes, from, Math.min(bytes.length, from + 1 + random.nextInt(200)), (byte) 0);
      }
      default -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }
    if (Arrays.equals(bytes, sound)) {
      bytes[0] ^= 1;
    }
    return bytes;
  }
}
