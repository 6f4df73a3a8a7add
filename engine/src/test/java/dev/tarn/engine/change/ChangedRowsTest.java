package dev.tarn.engine.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.lake.AsOf;
import dev.tarn.lake.ColumnChange;
import dev.tarn.lake.Difference;
import dev.tarn.lake.LakeTable;
import dev.tarn.lake.PartitionKey;
import dev.tarn.lake.SchemaChange;
import dev.tarn.lake.Transform;
import dev.tarn.vocabulary.Type;
import dev.tarn.vocabulary.Type.Primitive;
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

/// What two versions of a table differ in, row by row.
class ChangedRowsTest {
  @TempDir Path folder;
  private Versions table;

  @BeforeEach
  void open() {
    table = new Versions(folder);
  }

  @AfterEach
  void close() {
    table.close();
  }

  @Test
  void appended_rows_are_added_and_old_files_are_not_read() throws IOException {
    table.append("SELECT i AS id FROM range(1000) t(i)");
    Path old = file();
    table.append("SELECT i AS id FROM range(1000, 1003) t(i)");
    Files.delete(old);

    ChangedRows changes = table.changes();

    assertThat(changes.counts()).isEqualTo(new Counts(3, 0, 0, 1000));
    assertThat(changes.added(2).rows()).isEqualTo(List.of(List.of(1000L), List.of(1001L)));
    assertThat(changes.added(2).truncated()).isTrue();
    assertThat(changes.removed(2).rows()).isEmpty();
  }

  private Path file() {
    return table.lake.find(Versions.TABLE).orElseThrow().scan().files().getFirst().path();
  }

  @Test
  void a_table_written_anew_with_the_same_rows_has_not_changed() {
    table.replace("SELECT i AS id, 'x' AS t FROM range(1000) t(i)");
    table.replace(
        "SELECT i AS id, 'x' AS t FROM range(500) t(i) ORDER BY i DESC",
        "SELECT i AS id, 'x' AS t FROM range(500, 1000) t(i)");

    assertThat(table.changes("id").counts()).isEqualTo(new Counts(0, 0, 0, 1000));
    assertThat(table.changes().counts().any()).isFalse();
  }

  @Test
  void rows_of_one_key_are_changed_and_the_columns_are_told() {
    table.replace(
        """
        SELECT * FROM (VALUES (1, 'placed', 10.5, NULL), (2, 'placed', 7, 'n'), (3, 'lost', 1, 'm'),
          (4, 'same', 0, NULL)) t(id, status, amount, note)\
        """);
    table.replace(
        """
        SELECT * FROM (VALUES (1, 'shipped', 10.5, 'first'), (2, 'shipped', 7, 'n'),
          (4, 'same', 0, NULL), (5, 'placed', 3, NULL)) t(id, status, amount, note)\
        """);

    ChangedRows changes = table.changes("ID");

    assertThat(changes.counts()).isEqualTo(new Counts(1, 1, 2, 1));
    assertThat(changes.changedColumns()).isEqualTo(Map.of("status", 2L, "note", 1L));
    assertThat(changes.added(9).rows().getFirst().getFirst()).isEqualTo(5);
    assertThat(changes.removed(9).rows().getFirst().get(1)).isEqualTo("lost");
    List<Object> first = new ArrayList<>(changes.changed(9).rows().getFirst());
    assertThat(((Map<?, ?>) first.get(0)).get("status")).isEqualTo("placed");
    assertThat(((Map<?, ?>) first.get(1)).get("note")).isEqualTo("first");
  }

  @Test
  void without_a_key_the_old_row_is_removed_and_the_new_one_added() {
    table.replace("SELECT 1 AS id, 'a' AS t UNION ALL SELECT 2, 'b'");
    table.replace("SELECT 1 AS id, 'a' AS t UNION ALL SELECT 2, 'c'");

    assertThat(table.changes().counts()).isEqualTo(new Counts(1, 1, 0, 1));
    assertThat(table.changes("nope").key()).isEmpty();
  }

  @Test
  void a_row_that_is_there_twice_counts_twice() {
    table.replace("SELECT 1 AS id FROM range(3) UNION ALL SELECT 2 FROM range(2)");
    table.replace("SELECT 1 AS id FROM range(5) UNION ALL SELECT 3");

    ChangedRows changes = table.changes();

    assertThat(changes.counts()).isEqualTo(new Counts(3, 2, 0, 3));
    assertThat(changes.removed(9).rows()).isEqualTo(List.of(List.of(2), List.of(2)));
  }

  @Test
  void a_key_that_is_not_one_loses_no_row() {
    table.replace("SELECT 1 AS id, i AS v FROM range(3) t(i) UNION ALL SELECT NULL, 7");
    table.replace("SELECT 1 AS id, i + 10 AS v FROM range(5) t(i) UNION ALL SELECT NULL, 8");

    assertThat(table.changes("id").counts()).isEqualTo(new Counts(3, 1, 3, 0));
  }

  @Test
  void nothing_nan_and_empty_values_are_told_apart() {
    String nothing =
        "SELECT 1 AS id, NULL::DOUBLE AS f, NULL::INTEGER[] AS l, NULL::STRUCT(a INTEGER, b VARCHAR[]) AS s,"
            + " NULL::MAP(VARCHAR, INTEGER) AS m, NULL::VARCHAR AS a, '' AS b";
    String empty =
        "SELECT 1 AS id, 'NaN'::DOUBLE AS f, [NULL]::INTEGER[] AS l, {'a': NULL, 'b': []}::STRUCT(a INTEGER, b VARCHAR[]) AS s,"
            + " MAP {'k': NULL}::MAP(VARCHAR, INTEGER) AS m, '' AS a, NULL::VARCHAR AS b";
    table.replace(nothing);
    table.replace(nothing);
    assertThat(table.changes("id").counts().any()).isFalse();

    table.replace(empty);
    assertThat(table.changes("id").changedColumns().keySet())
        .containsExactly("f", "l", "s", "m", "a", "b");

    table.replace(empty, "SELECT * FROM (" + empty + ") WHERE false");
    assertThat(table.changes("id").counts().any()).isFalse();
  }

  @Test
  void only_the_partitions_that_changed_are_read() throws IOException {
    table.partition = List.of(new PartitionKey("day", new Transform.Identity()));
    table.append("SELECT 1 AS day, i AS v FROM range(10) t(i)");
    Path first = file();
    table.append("SELECT 2 AS day, i AS v FROM range(10) t(i)");
    Files.delete(first);

    ChangedRows changes = table.changes();

    assertThat(changes.counts()).isEqualTo(new Counts(10, 0, 0, 10));
  }

  @Test
  void columns_are_the_same_by_their_ids_and_rows_are_compared_on_what_both_have() {
    table.append("SELECT 1 AS id, 'x' AS old, 5 AS n, 'gone' AS d, {'a': 1, 'b': 2} AS s");
    long before = table.lake.find(Versions.TABLE).orElseThrow().snapshotId().orElseThrow();
    LakeTable found = table.lake.find(Versions.TABLE).orElseThrow();
    int struct = found.columns().get(4).id();
    table.lake.evolve(
        Versions.TABLE,
        List.of(
            new SchemaChange.Rename(found.columns().get(1).id(), "renamed"),
            new SchemaChange.Widen(found.columns().get(2).id(), Primitive.BIGINT),
            new SchemaChange.Drop(found.columns().get(3).id()),
            new SchemaChange.Add(Optional.of(struct), "c", Primitive.VARCHAR),
            new SchemaChange.Add(Optional.empty(), "more", Primitive.DATE)));
    table.append(
        "SELECT 2 AS id, 'y' AS renamed, 6::BIGINT AS n, {'a': 1, 'b': 2, 'c': 'z'} AS s, DATE '2026-01-01' AS more");

    Difference difference =
        table
            .lake
            .find(Versions.TABLE)
            .orElseThrow()
            .difference(new AsOf.Snapshot(before), new AsOf.Current());
    ChangedRows changes =
        ChangedRows.find(table.session, table.connection, difference, List.of("id"));

    assertThat(difference.columns())
        .containsExactlyInAnyOrder(
            new ColumnChange.Renamed("old", "renamed"),
            new ColumnChange.Retyped("n", Primitive.INTEGER, Primitive.BIGINT),
            new ColumnChange.Dropped("d", Primitive.VARCHAR),
            new ColumnChange.Added("s.c", Primitive.VARCHAR),
            new ColumnChange.Added("more", Primitive.DATE));
    assertThat(changes.counts()).isEqualTo(new Counts(1, 0, 0, 1));
    assertThat(changes.added(1).rows().getFirst())
        .isEqualTo(List.of(2, "y", 6L, Map.of("a", 1, "b", 2)));
  }

  @Test
  void a_column_made_anew_with_another_type_is_another_column() {
    table.replace("SELECT 1 AS id, 5 AS n UNION ALL SELECT 2, 6");
    table.replace("SELECT 1 AS id, '5' AS n UNION ALL SELECT 3, '6'");

    assertThat(table.last().columns())
        .containsExactly(
            new ColumnChange.Added("n", Primitive.VARCHAR),
            new ColumnChange.Dropped("n", Primitive.INTEGER));
    assertThat(table.changes("id").counts()).isEqualTo(new Counts(1, 1, 0, 1));
  }

  @Test
  void columns_may_have_any_name() {
    String rows =
        """
        SELECT i AS n, 1 AS h, i AS v, 2 AS c0, i AS "before", 3 AS "after", i AS "a ""b'", 4 AS t, 5 AS r, %d AS i
        FROM range(1, 4) t(i)\
        """;
    table.replace(rows.formatted(6));
    table.replace(rows.formatted(7));

    assertThat(table.changes().counts()).isEqualTo(new Counts(3, 3, 0, 0));
    assertThat(table.changes("n", "before", "a \"b'").counts()).isEqualTo(new Counts(0, 0, 3, 0));
    assertThat(table.changes("n").changedColumns()).isEqualTo(Map.of("i", 3L));
    assertThat(table.changes().added(1).rows().getFirst()).hasSize(10);
  }

  @Test
  void versions_without_a_common_column_share_no_row() {
    table.replace("SELECT 1 AS a UNION ALL SELECT 2");
    table.replace("SELECT 'x' AS b");

    ChangedRows changes = table.changes();

    assertThat(changes.counts()).isEqualTo(new Counts(1, 2, 0, 0));
    assertThat(changes.added(3).rows()).isEmpty();
  }

  @Test
  void every_type_can_be_compared() {
    String rows =
        """
        SELECT i AS id, i::FLOAT AS f, i::DECIMAL(30,4) AS d, DATE '2020-01-01' + i::INTEGER AS day, TIME '10:00:00' AS t,
          TIMESTAMP '2020-01-01' AS ts, TIMESTAMPTZ '2020-01-01 00:00:00+00' AS tz, '%032x'::UUID AS u, 'ab'::BLOB AS b,
          [{'k': i, 'v': MAP {'x': [i]}}] AS deep, %s AS same
        FROM range(50) t(i)\
        """;
    table.replace(rows.formatted(7, "true"));
    table.replace(rows.formatted(7, "i <> 9"));

    ChangedRows changes = table.changes("id");

    assertThat(changes.counts()).isEqualTo(new Counts(0, 0, 1, 49));
    assertThat(changes.changedColumns()).isEqualTo(Map.of("same", 1L));
  }

  @Test
  void random_versions_differ_as_multisets_do() {
    Random random = new Random(17);
    for (int round = 0; round < 10; round++) {
      List<String> before = rows(random);
      List<String> after = rows(random);
      table.replace(values(before.subList(0, 3)), values(before));
      table.replace(values(after));
      before.addAll(before.subList(0, 3));

      Counts counts = table.changes().counts();

      List<String> removed = new ArrayList<>(before);
      List<String> added = new ArrayList<>(after);
      after.forEach(removed::remove);
      before.forEach(added::remove);
      assertThat(counts)
          .isEqualTo(new Counts(added.size(), removed.size(), 0, after.size() - added.size()));
    }
  }

  private static List<String> rows(Random random) {
    List<String> values = Arrays.asList("NULL", "''", "'0'", "'a'");
    List<String> lists = Arrays.asList("NULL", "[]", "[NULL]", "[0]", "[0, NULL]", "[NULL, 0]");
    List<String> structs = Arrays.asList("NULL", "{'x': NULL}", "{'x': 0.0}", "{'x': 'NaN'}");
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      rows.add(
          "(%s, %s, %s::INTEGER[], %s::STRUCT(x DOUBLE))"
              .formatted(
                  values.get(random.nextInt(values.size())),
                  values.get(random.nextInt(values.size())),
                  lists.get(random.nextInt(lists.size())),
                  structs.get(random.nextInt(structs.size()))));
    }
    return rows;
  }

  private static String values(List<String> rows) {
    return "SELECT a::VARCHAR AS a, b::VARCHAR AS b, c, d FROM (VALUES "
        + String.join(", ", rows)
        + ") t(a, b, c, d)";
  }

  @Test
  void every_type_that_a_version_three_table_has_can_be_compared() {
    String rows =
        "SELECT i AS id, ({'a': i %% %d})::VARIANT AS v, TIMESTAMP_NS '2020-01-01 00:00:00.123456789' AS ns FROM range(20) t(i)";
    table.replace(rows.formatted(20));
    table.replace(rows.formatted(19));

    ChangedRows changes = table.changes("id");

    assertThat(changes.counts()).isEqualTo(new Counts(0, 0, 1, 19));
    assertThat(table.lake.find(Versions.TABLE).orElseThrow().schema().column("v").orElseThrow())
        .satisfies(column -> assertThat(column.type()).isEqualTo((Type) Primitive.VARIANT));
  }
}
