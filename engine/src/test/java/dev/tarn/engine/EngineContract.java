package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tarn.lake.FieldNode;
import dev.tarn.lake.PartitionKey;
import dev.tarn.lake.Scan;
import dev.tarn.lake.ScanFile;
import dev.tarn.lake.SortKey;
import dev.tarn.lake.WriteTarget;
import dev.tarn.lake.WrittenFile;
import dev.tarn.vocabulary.ByteSize;
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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every engine must do. A new engine's test is one subclass that says how to make it.
public abstract class EngineContract {
  protected static final TableName ORDERS = TableName.parse("silver.orders");

  @TempDir protected Path folder;
  protected Engine engine;
  protected EngineSession session;
  protected EngineConnection connection;

  protected abstract Engine engine(EngineSettings settings);

  @BeforeEach
  void open() throws IOException {
    Files.createDirectories(folder.resolve("data"));
    engine =
        engine(
            new EngineSettings(
                new ByteSize(1L << 30), 2, folder.resolve("tmp"), new ByteSize(4L << 30)));
    session = engine.open();
    connection = session.connect();
  }

  @AfterEach
  void close() {
    connection.close();
    session.close();
    engine.close();
    assertThat(folder.resolve("tmp"))
        .satisfiesAnyOf(
            tmp -> assertThat(tmp).doesNotExist(), tmp -> assertThat(tmp).isEmptyDirectory());
  }

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
  void what_is_written_can_be_read_under_the_tables_name() {
    WriteTarget target =
        target(Column.of("id", Type.Primitive.BIGINT), Column.of("name", Type.Primitive.VARCHAR));

    List<WrittenFile> files =
        connection.write("SELECT range::INT AS id, 'n' || range AS name FROM range(1000)", target);
    session.expose(scan(target, files));

    assertThat(files).hasSize(1);
    assertThat(files.get(0).rows()).isEqualTo(1000);
    assertThat(files.get(0).path()).hasParent(folder.resolve("data")).exists();
    assertThat(value("SELECT sum(id) || ' ' || max(name) FROM silver.orders"))
        .isEqualTo("499500 n999");
  }

  @Test
  void an_empty_result_gives_no_file_and_an_empty_table() {
    WriteTarget target = target(Column.of("id", Type.Primitive.BIGINT));

    List<WrittenFile> files = connection.write("SELECT 1 AS id WHERE false", target);
    session.expose(scan(target, files));

    assertThat(files).isEmpty();
    assertThat(value("SELECT count(id) FROM silver.orders")).isEqualTo(0L);
    assertThat(dataFiles()).isEmpty();
  }

  @Test
  void a_numbered_snapshot_tells_equal_rows_apart_in_every_statement() {
    TableName numbered = TableName.parse("silver.orders__numbered");
    WriteTarget target = target(Column.of("pair", Type.parse("struct(a bigint)")));
    List<WrittenFile> files = new ArrayList<>();
    files.addAll(connection.write("SELECT {'a': 7} AS pair FROM range(1000)", target));
    files.addAll(connection.write("SELECT {'a': 7} AS pair FROM range(10)", target));
    Scan plain = scan(target, files);
    Scan byId = new Scan(plain.table(), plain.snapshot(), plain.columns(), plain.files(), false);

    for (Scan scan : List.of(plain, byId)) {
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
  void values_that_no_table_can_hold_are_refused_and_nothing_stays() {
    List<WriteTarget> targets =
        List.of(
            target(new Column("c", Type.Primitive.DATE, false)),
            target(new Column("c", Type.Primitive.TIMESTAMPTZ, false)),
            target(new Column("c", Type.Primitive.TIME, false)),
            target(new Column("c", Type.Primitive.INTEGER, true)),
            target(new Column("c", Type.parse("struct(d date)[]"), false)));
    List<String> values =
        List.of(
            "'infinity'::DATE",
            "'-infinity'::TIMESTAMPTZ",
            "'24:00:00'::TIME",
            "NULL",
            "[{'d': 'infinity'::DATE}]");

    for (int i = 0; i < targets.size(); i++) {
      WriteTarget target = targets.get(i);
      String sql = "SELECT " + values.get(i) + " AS c";
      Failure failure = failure(() -> connection.write(sql, target));
      assertThat(failure.remedy()).as(sql).isEqualTo(Remedy.FIX_DATA);
      assertThat(failure).hasMessageContaining("'c");
      assertThat(dataFiles()).isEmpty();
    }
  }

  @Test
  void required_parts_of_lists_and_maps_may_not_be_missing() {
    Type part =
        new Type.Struct(
            List.of(
                new Column("n", Type.Primitive.INTEGER, true),
                Column.of("o", Type.Primitive.INTEGER)));
    WriteTarget target =
        target(
            Column.of("l", new Type.ListOf(part)),
            Column.of("m", new Type.MapOf(Type.Primitive.VARCHAR, new Type.ListOf(part))),
            new Column("s", part, false));
    String good =
        "SELECT [{'n': 1, 'o': NULL}, NULL] AS l, MAP {'k': [{'n': 1, 'o': 2}]} AS m, {'n': 1, 'o': NULL} AS s UNION ALL SELECT NULL, NULL, NULL UNION ALL SELECT [], MAP {}, NULL";

    assertThat(connection.write(good, target)).hasSize(1);
    for (String bad :
        List.of(
            "SELECT [{'n': NULL, 'o': 1}] AS l, NULL AS m, NULL AS s",
            "SELECT NULL AS l, MAP {'k': [{'n': NULL, 'o': 1}]} AS m, NULL AS s",
            "SELECT NULL AS l, NULL AS m, {'n': NULL, 'o': 1} AS s")) {
      assertThat(failure(() -> connection.write(bad, target)).remedy())
          .as(bad)
          .isEqualTo(Remedy.FIX_DATA);
    }
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
  void a_sorted_target_keeps_rows_in_order_within_each_file() {
    WriteTarget target =
        new WriteTarget(
            ORDERS,
            folder.resolve("data"),
            List.of(
                new FieldNode(1, "id", Type.Primitive.BIGINT, false, List.of()),
                new FieldNode(2, "part", Type.Primitive.INTEGER, false, List.of())),
            List.of(new PartitionKey("part", new dev.tarn.lake.Transform.Identity())),
            List.of(new SortKey("id", true, false)),
            1 << 20);

    List<WrittenFile> files =
        connection.write(
            "SELECT hash(range) % 1000000 AS id, range % 3 AS part FROM range(600000)", target);

    assertThat(files.stream().map(WrittenFile::partition).distinct()).hasSize(3);
    for (WrittenFile file : files) {
      session.expose(scan(target, List.of(file)));
      assertThat(
              value(
                  "SELECT count(*) FROM (SELECT id > lag(id) OVER () AS wrong FROM silver.orders) WHERE wrong"))
          .isEqualTo(0L);
    }
  }

  @Test
  void large_results_are_split_into_files_of_about_the_size_asked_for() {
    WriteTarget target =
        new WriteTarget(
            ORDERS,
            folder.resolve("data"),
            List.of(new FieldNode(1, "id", Type.Primitive.BIGINT, false, List.of())),
            List.of(),
            List.of(),
            1_000_000);

    List<WrittenFile> files =
        connection.write(
            "SELECT hash(range)::HUGEINT % 1000000000000 AS id FROM range(2000000)", target);
    session.expose(scan(target, files));

    assertThat(files.size()).isBetween(4, 20);
    assertThat(value("SELECT count(*) FROM silver.orders")).isEqualTo(2_000_000L);
  }

  @Test
  void large_sorted_results_are_split_too_and_stay_in_order() {
    FieldNode id = new FieldNode(1, "id", Type.Primitive.BIGINT, false, List.of());
    WriteTarget target =
        new WriteTarget(
            ORDERS,
            folder.resolve("data"),
            List.of(id),
            List.of(),
            List.of(new SortKey("ID", false, true)),
            1_000_000);

    List<WrittenFile> files =
        connection.write(
            "SELECT CASE WHEN range > 0 THEN hash(range)::HUGEINT % 1000000000000 END AS id FROM range(1000000)",
            target);

    assertThat(files.size()).isBetween(3, 10);
    long last = -1;
    for (WrittenFile file : files) {
      session.expose(scan(target, List.of(file)));
      List<Object> row =
          connection
              .query(
                  "SELECT count(*) FILTER (wrong), min(id), max(id) FROM (SELECT id, coalesce(id < lag(id) OVER (), false) AS wrong FROM silver.orders)",
                  1)
              .rows()
              .get(0);
      assertThat(row.get(0)).isEqualTo(0L);
      assertThat((Long) row.get(1)).isGreaterThanOrEqualTo(last);
      last = (Long) row.get(2);
    }
    session.expose(scan(target, files));
    assertThat(value("SELECT count(*) FROM silver.orders")).isEqualTo(1_000_000L);
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
  void cancel_stops_a_statement_from_another_thread() throws InterruptedException {
    Thread canceller = Thread.ofPlatform().unstarted(() -> connection.cancel());

    Failure failure =
        failure(() ->
            connection.stream(
                "SELECT a.range FROM range(10000000) a, range(10000000) b",
                new RowSink() {
                  @Override
                  public void columns(List<EngineColumn> columns) {
                    canceller.start();
                  }

                  @Override
                  public void row(List<Object> values) {}
                }));
    canceller.join();

    assertThat(failure.remedy()).isEqualTo(Remedy.RETRY);
    assertThat(value("SELECT 42")).isEqualTo(42);
  }

  @Test
  void interrupting_the_caller_stops_its_statement() throws InterruptedException {
    List<Throwable> thrown = new ArrayList<>();
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              Thread.currentThread().interrupt();
              try {
                connection.query(
                    "SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE a.range + b.range = 3",
                    1);
              } catch (Failure failure) {
                thrown.add(failure);
              }
            });
    caller.join();

    assertThat(thrown)
        .singleElement()
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.remedy()).isEqualTo(Remedy.RETRY));
    assertThat(value("SELECT 42")).isEqualTo(42);
  }

  @Test
  void results_larger_than_memory_spill_and_leave_nothing_behind() {
    try (Engine small =
            engine(
                new EngineSettings(
                    new ByteSize(80L << 20),
                    2,
                    folder.resolve("a/b/spill"),
                    new ByteSize(4L << 30)));
        EngineSession own = small.open();
        EngineConnection narrow = own.connect()) {
      narrow.execute(
          "CREATE TEMP TABLE t AS SELECT range, md5(range::VARCHAR) AS m FROM range(3000000)");

      assertThat(narrow.query("SELECT count(m) FROM t", 1).rows().get(0).get(0))
          .isEqualTo(3_000_000L);
    }
    assertThat(folder.resolve("a/b/spill")).isEmptyDirectory();
  }

  @Test
  void disk_that_spilling_may_not_take_is_a_failure_to_try_again() {
    try (Engine small =
            engine(
                new EngineSettings(
                    new ByteSize(80L << 20), 2, folder.resolve("spill"), new ByteSize(1L << 20)));
        EngineSession own = small.open();
        EngineConnection narrow = own.connect()) {
      String sql =
          "CREATE TEMP TABLE t AS SELECT range, md5(range::VARCHAR) AS m FROM range(3000000)";

      assertThat(failure(() -> narrow.execute(sql)).remedy()).isEqualTo(Remedy.RETRY);
      assertThat(narrow.query("SELECT 1", 1).rows()).hasSize(1);
    }
  }

  @Test
  void deeply_nested_sql_is_an_error_and_not_a_crash() {
    String sql = "SELECT * FROM (".repeat(3000) + "SELECT 1" + ")".repeat(3000);

    assertThat(failure(() -> connection.query(sql, 1)).remedy()).isEqualTo(Remedy.FIX_INPUT);
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

  // ---- what the tests are written with

  protected WriteTarget target(Column... columns) {
    AtomicInteger ids = new AtomicInteger(columns.length);
    List<FieldNode> fields = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      fields.add(field(i + 1, columns[i], ids));
    }
    return new WriteTarget(
        ORDERS, folder.resolve("data"), fields, List.of(), List.of(), 128L << 20);
  }

  /// Ids as Iceberg gives them: a level at a time.
  protected static FieldNode field(int id, Column column, AtomicInteger ids) {
    List<Column> parts =
        switch (column.type()) {
          case Type.Primitive _, Type.Decimal _ -> List.of();
          case Type.Struct(List<Column> fields) -> fields;
          case Type.ListOf(Type element) -> List.of(Column.of("element", element));
          case Type.MapOf(Type key, Type held) ->
              List.of(new Column("key", key, true), Column.of("value", held));
        };
    List<Integer> own = parts.stream().map(_ -> ids.incrementAndGet()).toList();
    List<FieldNode> children = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      children.add(field(own.get(i), parts.get(i), ids));
    }
    return new FieldNode(id, column.name(), column.type(), column.required(), children);
  }

  protected static Scan scan(WriteTarget target, List<WrittenFile> files) {
    List<ScanFile> read =
        files.stream()
            .map(file ->
                new ScanFile(file.path(), file.rows(), file.bytes(), Optional.of(file.crc32c())))
            .toList();
    return new Scan(target.table(), 1, target.columns(), read, true);
  }

  protected Object value(String sql) {
    return connection.query(sql, 1).rows().get(0).get(0);
  }

  protected List<Path> dataFiles() {
    try (Stream<Path> all = Files.walk(folder.resolve("data"))) {
      return all.filter(path -> !path.equals(folder.resolve("data"))).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  protected static Failure failure(Runnable work) {
    Failure failure = catchThrowableOfType(Failure.class, work::run);
    assertThat(failure).as("a failure").isNotNull();
    return failure;
  }

  protected static Problem only(Failure failure, Remedy remedy) {
    assertThat(failure.remedy()).as(failure.getMessage()).isEqualTo(remedy);
    assertThat(failure.problems()).hasSize(1);
    return failure.problems().get(0);
  }
}
