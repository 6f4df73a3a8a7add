package dev.tarn.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.lake.FieldNode;
import dev.tarn.lake.PartitionKey;
import dev.tarn.lake.SortKey;
import dev.tarn.lake.WriteTarget;
import dev.tarn.lake.WrittenFile;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Remedy;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every engine must do when it writes the files of a table.
public abstract class WriteContract extends EngineFixture {
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
  void marked_rows_go_to_files_of_their_own_in_the_same_pass() {
    WriteTarget target =
        target(
            Column.of("id", Type.Primitive.BIGINT),
            Column.of("part", Type.parse("struct(n integer, l varchar[])")));
    session.exposeRows(
        TableName.parse("silver.known"),
        new Schema(List.of(Column.of("id", Type.Primitive.BIGINT))),
        List.of(List.of(3L), List.of(4L), List.of(5L)));
    String mark =
        "CASE WHEN this.\"id\" NOT IN (SELECT id FROM silver.known) THEN 1 ELSE 0 END"
            + " | CASE WHEN this.part.n = 5 THEN 2 ELSE 0 END";

    SiftedFiles files =
        connection
            .sift(
                "SELECT range AS id, {'n': range, 'l': [range::VARCHAR]} AS part FROM range(7)",
                target,
                mark)
            .orElseThrow();

    assertThat(files.aside()).containsOnlyKeys(1L, 2L);
    assertThat(ids(target, files.kept())).isEqualTo("[3, 4]");
    assertThat(ids(target, files.aside().get(1L))).isEqualTo("[0, 1, 2, 6]");
    assertThat(ids(target, files.aside().get(2L))).isEqualTo("[5]");
    assertThat(value("SELECT part.l[1] FROM silver.orders")).isEqualTo("5");
    assertThat(dataFiles()).containsExactly(files.kept().getFirst().path());
  }

  private String ids(WriteTarget target, List<WrittenFile> files) {
    session.expose(scan(target, files));
    return String.valueOf(value("SELECT list(id ORDER BY id)::VARCHAR FROM silver.orders"));
  }

  @Test
  void marked_rows_are_in_no_partition_and_others_in_theirs() {
    WriteTarget target =
        new WriteTarget(
            ORDERS,
            folder.resolve("data"),
            List.of(
                new FieldNode(1, "id", Type.Primitive.BIGINT, false, List.of()),
                new FieldNode(2, "part", Type.Primitive.VARCHAR, false, List.of())),
            List.of(
                new PartitionKey("part", new dev.tarn.lake.Transform.Identity()),
                new PartitionKey("id", new dev.tarn.lake.Transform.Bucket(4))),
            List.of(),
            1 << 20);
    String rows =
        "SELECT range AS id, CASE range % 3 WHEN 0 THEN 'a1' WHEN 1 THEN repeat('a', 100) END AS part FROM range(3000)";

    SiftedFiles files =
        connection
            .sift(rows, target, "CASE WHEN this.id < 1000 THEN this.id % 2 + 6 ELSE 0 END")
            .orElseThrow();

    assertThat(files.aside()).containsOnlyKeys(6L, 7L);
    assertThat(files.aside().get(7L).stream().mapToLong(WrittenFile::rows).sum()).isEqualTo(500);
    assertThat(files.kept()).hasSize(12);
    assertThat(files.kept().stream().map(file -> file.partition().get(0)).distinct())
        .containsExactlyInAnyOrder(
            Optional.of("a1"), Optional.of("a".repeat(100)), Optional.empty());
    assertThat(files.kept().stream().mapToLong(WrittenFile::rows).sum()).isEqualTo(2000);
  }

  @Test
  void marked_rows_are_told_from_partitions_before_1970() {
    WriteTarget target =
        new WriteTarget(
            ORDERS,
            folder.resolve("data"),
            List.of(new FieldNode(1, "id", Type.Primitive.DATE, false, List.of())),
            List.of(new PartitionKey("id", new dev.tarn.lake.Transform.Day())),
            List.of(),
            1 << 20);
    String rows =
        "SELECT * FROM (VALUES (DATE '1969-12-31'), (DATE '0044-03-15 (BC)'), (NULL), (DATE '1971-01-01')) AS t(id)";

    SiftedFiles files =
        connection
            .sift(rows, target, "CASE WHEN year(this.id) = 1971 THEN 255 ELSE 0 END")
            .orElseThrow();

    assertThat(files.aside()).containsOnlyKeys(255L);
    assertThat(files.kept().stream().map(WrittenFile::partition))
        .containsExactlyInAnyOrder(
            List.of(Optional.of("-1")), List.of(Optional.of("-735160")), List.of(Optional.empty()));
  }

  @Test
  void all_rows_may_be_marked_and_none() {
    WriteTarget target = target(Column.of("id", Type.Primitive.BIGINT));

    SiftedFiles all =
        connection.sift("SELECT range AS id FROM range(9)", target, "4").orElseThrow();
    SiftedFiles none =
        connection.sift("SELECT range AS id FROM range(9)", target, "0").orElseThrow();
    SiftedFiles empty = connection.sift("SELECT 1 AS id WHERE false", target, "1").orElseThrow();

    assertThat(all.kept()).isEmpty();
    assertThat(ids(target, all.aside().get(4L))).isEqualTo("[0, 1, 2, 3, 4, 5, 6, 7, 8]");
    assertThat(none.aside()).isEmpty();
    assertThat(ids(target, none.kept())).isEqualTo("[0, 1, 2, 3, 4, 5, 6, 7, 8]");
    assertThat(empty).isEqualTo(new SiftedFiles(List.of(), Map.of()));
  }

  @Test
  void rows_that_are_to_keep_an_order_are_not_sifted() {
    WriteTarget target = target(Column.of("id", Type.Primitive.BIGINT));

    assertThat(connection.sift("SELECT 1 AS id ORDER BY id", target, "0")).isEmpty();
    assertThat(dataFiles()).isEmpty();
  }

  @Test
  void a_value_that_no_table_can_hold_is_refused_in_marked_rows_too() {
    WriteTarget target = target(Column.of("d", Type.Primitive.DATE));

    Failure failure = failure(() -> connection.sift("SELECT 'infinity'::DATE AS d", target, "1"));

    assertThat(failure.remedy()).isEqualTo(Remedy.FIX_DATA);
    assertThat(dataFiles()).isEmpty();
  }
}
