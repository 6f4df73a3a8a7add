package dev.tarn.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import dev.tarn.vocabulary.Type.Primitive;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvolutionTest {
  private static final TableName NAME = TableName.parse("bronze.items");
  private static final Schema BEFORE =
      Schema.of(
          new Column("id", Primitive.INTEGER, true),
          Column.of("price", Primitive.FLOAT),
          Column.of("note", Primitive.VARCHAR));

  @TempDir Path folder;

  @Test
  void an_append_adds_columns_widens_types_and_drops_nothing() {
    Schema wider =
        Schema.of(
            Column.of("ID", Primitive.BIGINT),
            Column.of("price", Primitive.DOUBLE),
            Column.of("color", Primitive.VARCHAR));
    try (TestLake lake = TestLake.in(folder);
        OtherClients others = new OtherClients(folder)) {
      lake.append(NAME, TableSpec.of(BEFORE), "SELECT 1 AS id, 1.5 AS price, 'old' AS note");
      lake.append(
          NAME, TableSpec.of(wider), "SELECT 5000000000 AS id, 2.5 AS price, 'red' AS color");

      assertThat(lake.lake.find(NAME).orElseThrow().schema())
          .isEqualTo(
              Schema.of(
                  Column.of("id", Primitive.BIGINT),
                  Column.of("price", Primitive.DOUBLE),
                  Column.of("note", Primitive.VARCHAR),
                  Column.of("color", Primitive.VARCHAR)));
      assertThat(lake.rows(NAME)).containsExactly("1|1.5|old|null", "5000000000|2.5|null|red");
      assertThat(others.rows(NAME)).containsExactly("1|1.5|old|null", "5000000000|2.5|null|red");
    }
  }

  @Test
  void narrower_rows_are_written_with_the_tables_types() {
    try (TestLake lake = TestLake.in(folder);
        Branch branch = lake.branch()) {
      lake.append(
          NAME, TableSpec.of(Schema.of(Column.of("id", Primitive.BIGINT))), "SELECT 1 AS id");

      WriteTarget target =
          branch.append(NAME, TableSpec.of(Schema.of(Column.of("id", Primitive.INTEGER))));

      assertThat(target.columns().getFirst().type()).isEqualTo(Primitive.BIGINT);
    }
  }

  @Test
  void types_that_do_not_fit_are_all_told_at_once() {
    Schema wrong =
        Schema.of(Column.of("id", Primitive.VARCHAR), Column.of("price", Primitive.DATE));
    try (TestLake lake = TestLake.in(folder);
        Branch branch = lake.branch()) {
      lake.append(NAME, TableSpec.of(BEFORE), "SELECT 1 AS id, 1.5 AS price, 'old' AS note");

      assertThatThrownBy(() -> branch.append(NAME, TableSpec.of(wrong)))
          .hasMessageContaining("'id' of bronze.items is INTEGER and can't take VARCHAR")
          .hasMessageContaining("'price' of bronze.items is FLOAT and can't take DATE");
    }
  }

  @Test
  void a_replacement_keeps_ids_of_columns_that_fit_and_gives_new_ones_to_the_others() {
    Schema after =
        Schema.of(
            Column.of("note", Primitive.VARCHAR),
            Column.of("id", Primitive.BIGINT),
            Column.of("price", Primitive.VARCHAR));
    try (TestLake lake = TestLake.in(folder);
        OtherClients others = new OtherClients(folder)) {
      lake.replace(NAME, TableSpec.of(BEFORE), "SELECT 1 AS id, 1.5 AS price, 'old' AS note");
      long first = lake.lake.find(NAME).orElseThrow().snapshotId().orElseThrow();
      lake.replace(NAME, TableSpec.of(after), "SELECT 'new' AS note, 2 AS id, 'dear' AS price");

      LakeTable table = lake.lake.find(NAME).orElseThrow();
      assertThat(table.columns()).extracting(FieldNode::id).containsExactly(3, 1, 4);
      assertThat(lake.rows(NAME)).containsExactly("new|2|dear");
      assertThat(others.rows(NAME)).containsExactly("new|2|dear");
      assertThat(table.schema(new AsOf.Snapshot(first))).isEqualTo(BEFORE);
      assertThat(lake.duckdb.rows(table.scan(new AsOf.Snapshot(first))))
          .containsExactly("1|1.5|old");
    }
  }

  @Test
  void a_table_may_be_partitioned_anew_and_its_old_versions_stay_readable() {
    Schema retyped =
        Schema.of(Column.of("id", Primitive.VARCHAR), Column.of("day", Primitive.DATE));
    TableSpec byId =
        new TableSpec(
            BEFORE,
            List.of(new PartitionKey("id", new Transform.Identity())),
            List.of(),
            Map.of(),
            Map.of());
    TableSpec byDay =
        new TableSpec(
            retyped,
            List.of(new PartitionKey("day", new Transform.Month())),
            List.of(),
            Map.of(),
            Map.of());
    try (TestLake lake = TestLake.in(folder);
        OtherClients others = new OtherClients(folder)) {
      replacePartition(lake, byId, "SELECT 1 AS id, 1.5 AS price, 'old' AS note", "1");
      long first = lake.lake.find(NAME).orElseThrow().snapshotId().orElseThrow();
      replacePartition(lake, byDay, "SELECT 'x' AS id, DATE '1970-03-01' AS day", "2");
      replacePartition(lake, byDay, "SELECT 'y' AS id, DATE '1970-04-01' AS day", "3");

      assertThat(lake.rows(NAME)).containsExactly("y|1970-04-01");
      assertThat(others.rows(NAME)).containsExactly("y|1970-04-01");
      AsOf old = new AsOf.Snapshot(first);
      assertThat(lake.duckdb.rows(lake.lake.find(NAME).orElseThrow().scan(old)))
          .containsExactly("1|1.5|old");
    }
  }

  private static void replacePartition(TestLake lake, TableSpec spec, String query, String value) {
    try (Branch branch = lake.branch()) {
      WriteTarget target = branch.replace(NAME, spec);
      branch.stage(target, List.of(lake.duckdb.write(target, query, List.of(Optional.of(value)))));
      branch.publish(_ -> {});
    }
  }

  @Test
  void columns_are_added_dropped_renamed_widened_moved_and_freed_by_id() {
    try (TestLake lake = TestLake.in(folder);
        OtherClients others = new OtherClients(folder)) {
      lake.replace(NAME, TableSpec.of(BEFORE), "SELECT 1 AS id, 1.5 AS price, 'old' AS note");
      lake.lake.evolve(
          NAME,
          List.of(
              new SchemaChange.Rename(3, "remark"),
              new SchemaChange.Widen(1, Primitive.BIGINT),
              new SchemaChange.MakeOptional(1),
              new SchemaChange.Drop(2),
              new SchemaChange.Add(Optional.empty(), "price", Primitive.VARCHAR),
              new SchemaChange.Reorder(3, Optional.empty())));

      assertThat(lake.lake.find(NAME).orElseThrow().schema())
          .isEqualTo(
              Schema.of(
                  Column.of("remark", Primitive.VARCHAR),
                  Column.of("id", Primitive.BIGINT),
                  Column.of("price", Primitive.VARCHAR)));
      assertThat(lake.rows(NAME)).containsExactly("old|1|null");
      assertThat(others.rows(NAME)).containsExactly("old|1|null");
    }
  }

  @Test
  void changes_that_can_not_be_made_are_all_told_and_none_is_made() {
    try (TestLake lake = TestLake.in(folder)) {
      lake.replace(NAME, TableSpec.of(BEFORE), "SELECT 1 AS id, 1.5 AS price, 'old' AS note");

      assertThatThrownBy(() ->
              lake.lake.evolve(
                  NAME,
                  List.of(
                      new SchemaChange.Drop(2),
                      new SchemaChange.Drop(77),
                      new SchemaChange.Widen(3, Primitive.INTEGER),
                      new SchemaChange.Rename(1, "NOTE"))))
          .isInstanceOfSatisfying(
              Failure.class, failure -> assertThat(failure.problems()).hasSize(3));

      assertThat(lake.lake.find(NAME).orElseThrow().schema()).isEqualTo(BEFORE);
    }
  }

  @Test
  void a_nested_field_may_be_added_and_is_then_read_by_id() {
    Schema nested =
        Schema.of(Column.of("st", new Type.Struct(List.of(Column.of("a", Primitive.INTEGER)))));
    try (TestLake lake = TestLake.in(folder);
        OtherClients others = new OtherClients(folder)) {
      lake.replace(NAME, TableSpec.of(nested), "SELECT {'a': 1} AS st");
      lake.lake.evolve(NAME, List.of(new SchemaChange.Add(Optional.of(1), "b", Primitive.VARCHAR)));

      assertThat(others.rows(NAME)).containsExactly("Record(1, null)");
      assertThat(lake.lake.find(NAME).orElseThrow().scan().matching())
          .isEqualTo(Matching.NESTED_IDS);
    }
  }

  @Test
  void after_a_nested_rename_the_engine_is_told_to_read_by_id_until_the_table_is_replaced() {
    Schema nested =
        Schema.of(Column.of("st", new Type.Struct(List.of(Column.of("a", Primitive.INTEGER)))));
    try (TestLake lake = TestLake.in(folder)) {
      lake.replace(NAME, TableSpec.of(nested), "SELECT {'a': 1} AS st");
      lake.lake.evolve(NAME, List.of(new SchemaChange.Rename(2, "c")));
      assertThat(lake.lake.find(NAME).orElseThrow().scan().matching())
          .isEqualTo(Matching.NESTED_IDS);

      Schema renamed =
          Schema.of(Column.of("st", new Type.Struct(List.of(Column.of("c", Primitive.INTEGER)))));
      lake.replace(NAME, TableSpec.of(renamed), "SELECT {'c': 1} AS st");
      assertThat(lake.lake.find(NAME).orElseThrow().scan().matching()).isEqualTo(Matching.NAMES);
    }
  }

  @Test
  void columns_are_found_by_name_only_where_all_files_have_them_alike() {
    try (TestLake lake = TestLake.in(folder)) {
      lake.append(NAME, TableSpec.of(BEFORE), "SELECT 1 AS id, 1.5 AS price, 'one' AS note");
      Schema less = Schema.of(Column.of("id", Primitive.INTEGER));
      lake.append(NAME, TableSpec.of(less), "SELECT 2 AS id");
      assertThat(matching(lake)).isEqualTo(Matching.NAMES);
      assertThat(lake.rows(NAME)).containsExactly("1|1.5|one", "2|null|null");

      lake.lake.evolve(NAME, List.of(new SchemaChange.Drop(2)));
      assertThat(matching(lake)).isEqualTo(Matching.NAMES);
      lake.lake.evolve(
          NAME, List.of(new SchemaChange.Add(Optional.empty(), "price", Primitive.FLOAT)));
      assertThat(matching(lake)).isEqualTo(Matching.IDS);
      assertThat(lake.rows(NAME)).containsExactly("1|one|null", "2|null|null");

      lake.replace(NAME, TableSpec.of(BEFORE), "SELECT 3 AS id, 1.5 AS price, 'new' AS note");
      assertThat(matching(lake)).isEqualTo(Matching.NAMES);
      lake.lake.evolve(
          NAME,
          List.of(
              new SchemaChange.Rename(
                  lake.lake.find(NAME).orElseThrow().columns().getLast().id(), "text")));
      assertThat(matching(lake)).isEqualTo(Matching.IDS);
    }
  }

  private static Matching matching(TestLake lake) {
    return lake.lake.find(NAME).orElseThrow().scan().matching();
  }

  @Test
  void every_version_is_found_by_snapshot_time_and_tag() {
    try (TestLake lake = TestLake.in(folder)) {
      lake.replace(NAME, TableSpec.of(BEFORE), "SELECT 1 AS id, 1.5 AS price, 'one' AS note");
      lake.clock.advance(Duration.ofHours(1));
      lake.replace(NAME, TableSpec.of(BEFORE), "SELECT 2 AS id, 1.5 AS price, 'two' AS note");
      SnapshotInfo first = lake.lake.history(NAME).getLast();
      lake.lake.tag(NAME, "audited", first.id());

      LakeTable table = lake.lake.find(NAME).orElseThrow();
      assertThat(lake.duckdb.rows(table.scan(new AsOf.Tag("audited"))))
          .containsExactly("1|1.5|one");
      assertThat(lake.duckdb.rows(table.scan(new AsOf.Time(lake.clock.instant().minusSeconds(1)))))
          .containsExactly("1|1.5|one");
      assertThat(lake.duckdb.rows(table.scan(new AsOf.Time(lake.clock.instant()))))
          .containsExactly("2|1.5|two");
      assertThat(table.history().getLast().tags()).containsExactly("audited");
      assertThat(table.history().getFirst().current()).isTrue();
      assertThat(first.at()).isEqualTo(lake.clock.instant().minus(Duration.ofHours(1)));
      assertThat(first.run()).isPresent();
      assertThatThrownBy(() -> table.scan(new AsOf.Tag("none")))
          .hasMessageContaining("no tag 'none'");
      assertThatThrownBy(
              () -> table.scan(new AsOf.Time(lake.clock.instant().minus(Duration.ofDays(1)))))
          .isInstanceOf(Failure.class);
      lake.lake.untag(NAME, "audited");
      assertThat(lake.lake.find(NAME).orElseThrow().history().getLast().tags()).isEmpty();
    }
  }

  @Test
  void only_so_many_snapshots_are_kept_but_tagged_ones_stay() {
    try (TestLake lake = TestLake.in(folder, new LakeSettings(1_000_000, 4, 10, 4))) {
      for (int i = 1; i <= 8; i++) {
        lake.replace(
            NAME, TableSpec.of(BEFORE), "SELECT " + i + " AS id, 1.5 AS price, 'v' AS note");
        lake.clock.advance(Duration.ofMinutes(1));
        if (i == 2) {
          lake.lake.tag(
              NAME, "second", lake.lake.find(NAME).orElseThrow().snapshotId().orElseThrow());
        }
      }

      LakeTable table = lake.lake.find(NAME).orElseThrow();
      assertThat(table.history()).hasSize(4);
      assertThat(lake.duckdb.rows(table.scan(new AsOf.Tag("second")))).containsExactly("2|1.5|v");
      assertThat(lake.rows(NAME)).containsExactly("8|1.5|v");
    }
  }

  @Test
  void a_clock_set_back_neither_stops_a_publish_nor_turns_the_history_around() {
    Schema wider = BEFORE.plus(List.of(Column.of("more", Primitive.VARCHAR)));
    try (TestLake lake = TestLake.in(folder);
        OtherClients others = new OtherClients(folder)) {
      lake.clock.set(java.time.Instant.parse("2126-01-01T00:00:00Z"));
      lake.replace(NAME, TableSpec.of(BEFORE), "SELECT 1 AS id, 1.5 AS price, 'one' AS note");
      lake.clock.set(java.time.Instant.parse("2026-01-01T00:00:00Z"));
      lake.lake.evolve(NAME, List.of(new SchemaChange.Rename(3, "remark")));
      lake.lake.evolve(NAME, List.of(new SchemaChange.Rename(3, "note")));
      lake.replace(
          NAME, TableSpec.of(wider), "SELECT 2 AS id, 1.5 AS price, 'two' AS note, 'x' AS more");

      List<SnapshotInfo> history = lake.lake.history(NAME);
      assertThat(history).hasSize(2);
      assertThat(history.getFirst().at()).isAfter(history.getLast().at());
      assertThat(lake.rows(NAME)).containsExactly("2|1.5|two|x");
      assertThat(others.rows(NAME)).containsExactly("2|1.5|two|x");
    }
  }

  @Test
  void required_columns_take_no_null() {
    try (TestLake lake = TestLake.in(folder)) {
      assertThatThrownBy(() ->
              lake.replace(
                  NAME, TableSpec.of(BEFORE), "SELECT NULL AS id, 1.5 AS price, 'one' AS note"))
          .hasMessageContaining("the required column 'id' has 1 NULLs");
    }
  }

  @Test
  void dates_that_no_other_program_can_read_are_refused() {
    Schema dates = Schema.of(Column.of("d", Primitive.DATE));
    try (TestLake lake = TestLake.in(folder)) {
      assertThatThrownBy(
              () -> lake.replace(NAME, TableSpec.of(dates), "SELECT DATE 'infinity' AS d"))
          .hasMessageContaining("column 'd': the date infinity can't be stored");
      lake.replace(NAME, TableSpec.of(dates), "SELECT DATE '0044-03-15 (BC)' AS d");
      assertThat(lake.rows(NAME)).containsExactly("-0043-03-15");
    }
  }
}
