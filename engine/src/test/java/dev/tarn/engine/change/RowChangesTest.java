package dev.tarn.engine.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.lake.AsOf;
import dev.tarn.lake.Branch;
import dev.tarn.lake.LakeSettings;
import dev.tarn.lake.PartitionKey;
import dev.tarn.lake.Scan;
import dev.tarn.lake.ScanFile;
import dev.tarn.lake.Transform;
import dev.tarn.vocabulary.TableName;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Some rows of a table go and others come, and every reader sees the same.
class RowChangesTest {
  private static final TableName GONE = TableName.parse("aside.gone");
  private static final TableName COME = TableName.parse("aside.come");

  /// Files of a kilobyte are large already.
  private static final LakeSettings SMALL = new LakeSettings(64_000, 100, 10, 4);

  @TempDir Path folder;
  private Versions versions;

  @BeforeEach
  void open() {
    versions = new Versions(folder, SMALL);
  }

  @AfterEach
  void close() {
    versions.close();
  }

  private static String rows(int from, int to) {
    return "SELECT i AS id, i %% 10 AS part, 'name ' || i AS name FROM range(%d, %d) AS t(i)"
        .formatted(from, to);
  }

  private List<String> read() {
    List<String> rows = versions.rows(new AsOf.Current());
    Set<String> known = new HashSet<>(rows);
    List<String> others = new IcebergTable(versions.table().metadataLocation()).rows();
    assertThat(others.stream().filter(row -> !known.contains(row)).limit(5)).isEmpty();
    assertThat(others).hasSameSizeAs(rows);
    assertThat(versions.table().rows()).isEqualTo(rows.size());
    Scan scan = versions.table().scan();
    assertThat(scan.rows()).isEqualTo(rows.size());
    return rows;
  }

  private long lists() {
    return versions.table().scan().files().stream().flatMap(ScanFile::lists).distinct().count();
  }

  private List<String> query(String sql) {
    return versions.connection.query(sql, 1000).rows().stream().map(List::toString).toList();
  }

  @Test
  void rows_that_go_are_listed_and_the_file_stays() {
    versions.replace(rows(0, 5000));
    Path file = versions.table().scan().files().getFirst().path();

    RowFigures figures = versions.change("id % 1000 = 7", rows(9000, 9003));

    assertThat(figures.added()).isEqualTo(3);
    assertThat(figures.removed()).isEqualTo(5);
    assertThat(figures.files()).isEqualTo(2);
    assertThat(read()).hasSize(4998).noneMatch(row -> row.startsWith("[1007,"));
    Scan scan = versions.table().scan();
    assertThat(scan.files())
        .hasSize(2)
        .last()
        .satisfies(last -> {
          assertThat(last.path()).isEqualTo(file);
          assertThat(last.deletes()).hasSize(1);
        });
  }

  @Test
  void a_change_of_nothing_stages_nothing() {
    versions.replace(rows(0, 5000));

    try (Branch branch = versions.branch()) {
      assertThat(versions.change(branch, "false", "").any()).isFalse();
      assertThat(versions.change(branch, "false", rows(0, 0)).any()).isFalse();
      assertThat(branch.staged()).isEmpty();
    }
  }

  @Test
  void several_rounds_leave_few_lists_and_few_files() {
    versions.replace(rows(0, 20_000));

    for (int i = 0; i < 60; i++) {
      versions.change("id % 400 = " + i + " AND id < 20000", rows(20_000 + i, 20_001 + i));
    }

    assertThat(read()).hasSize(20_000 - 60 * 50 + 60);
    assertThat(lists()).isLessThan(8);
    assertThat(versions.table().scan().files()).hasSizeLessThan(36);
  }

  @Test
  void a_file_of_which_much_is_gone_is_written_anew() {
    versions.replace(rows(0, 5000));

    versions.change("id < 1500", "");
    assertThat(lists()).isEqualTo(1);
    versions.change("id < 2500", "");

    assertThat(lists()).isZero();
    assertThat(read()).hasSize(2500);
  }

  @Test
  void a_file_of_which_all_is_gone_goes() {
    versions.replace(rows(0, 5000), rows(5000, 10_000));

    RowFigures figures = versions.change("id < 5000", "");

    assertThat(figures.files()).isZero();
    assertThat(read()).hasSize(5000);
    versions.change("true", "");
    assertThat(read()).isEmpty();
  }

  @Test
  void each_partition_has_lists_of_its_own() {
    versions.partition = List.of(new PartitionKey("part", new Transform.Identity()));
    versions.replace(rows(0, 40_000));

    versions.change("id % 1000 = 7 OR id % 1000 = 8", rows(50_000, 50_010));
    versions.change("id % 1000 = 17 OR id = 50003", rows(60_000, 60_010));

    assertThat(read()).hasSize(40_000 - 80 + 10 - 41 + 10);
    assertThat(lists()).isEqualTo(2);
  }

  @Test
  void nested_columns_and_later_columns_are_read_with_lists() {
    versions.replace("SELECT i AS id, {'a': i, 'b': 'x' || i} AS pair FROM range(3000) AS t(i)");
    versions.change("id % 1000 = 5", "");
    versions.append(
        "SELECT i AS id, {'a': i, 'b': 'x' || i, 'c': i * 2} AS pair, i AS late FROM range(3000, 6000) AS t(i)");
    versions.change(
        "id % 1000 = 6",
        "SELECT 9999::BIGINT AS id, {'a': 1::BIGINT, 'b': 'y', 'c': 3::BIGINT} AS pair, 4::BIGINT AS late");

    assertThat(read()).hasSize(6000 - 3 - 6 + 1);
  }

  @Test
  void columns_may_be_called_as_those_that_duckdb_adds() {
    versions.replace(
        "SELECT i AS id, -i AS file_row_number, 7 - i AS file_index, 'f' || i AS filename FROM range(5000) AS t(i)");

    versions.change("id = 4000", "");

    assertThat(read()).hasSize(4999).noneMatch(row -> row.startsWith("[4000,"));
  }

  @Test
  void earlier_versions_keep_their_rows() {
    versions.replace(rows(0, 5000));
    long before = versions.table().snapshotId().orElseThrow();
    List<String> rows = versions.rows(new AsOf.Current());

    versions.change("id % 1000 = 7", "");

    assertThat(versions.rows(new AsOf.Snapshot(before))).isEqualTo(rows);
    try (Branch branch = versions.branch()) {
      branch.rewind(Versions.TABLE, Optional.of(before));
      branch.publish();
    }
    assertThat(read()).isEqualTo(rows);
  }

  @Test
  void the_difference_is_the_rows_that_were_listed() {
    versions.replace(rows(0, 5000));
    versions.change("id % 1000 = 7", "");
    versions.change("id % 1000 = 8", rows(9000, 9002));

    Changes changes =
        Changes.expose(versions.session, versions.connection, versions.last(), GONE, COME);

    assertThat(changes).isEqualTo(new Changes(5, 2));
    assertThat(query("SELECT id FROM aside.gone ORDER BY id"))
        .containsExactly("[8]", "[1008]", "[2008]", "[3008]", "[4008]");
    assertThat(query("SELECT id FROM aside.come ORDER BY id")).containsExactly("[9000]", "[9001]");
    assertThat(versions.changes().counts()).isEqualTo(new Counts(2, 5, 0, 4990));
    assertThat(versions.changes("id").counts()).isEqualTo(new Counts(2, 5, 0, 4990));
  }

  @Test
  void rows_that_are_back_are_a_difference_too() {
    versions.replace(rows(0, 5000));
    long before = versions.table().snapshotId().orElseThrow();
    versions.change("id % 1000 = 7", "");

    var back = versions.table().difference(new AsOf.Current(), new AsOf.Snapshot(before));

    Changes changes = Changes.expose(versions.session, versions.connection, back, GONE, COME);
    assertThat(changes).isEqualTo(new Changes(0, 5));
    assertThat(ChangedRows.find(versions.session, versions.connection, back, List.of()).counts())
        .isEqualTo(new Counts(5, 0, 0, 4995));
  }

  @Test
  void what_only_came_is_not_read() {
    versions.replace(rows(0, 5000));
    versions.change("false", rows(5000, 5010));

    var last = versions.last();

    assertThat(last.removed().files()).isEmpty();
    assertThat(Changes.expose(versions.session, versions.connection, last, GONE, COME))
        .isEqualTo(new Changes(0, 10));
    assertThat(query("SELECT count(*), min(id) FROM aside.come")).containsExactly("[10, 5000]");
    assertThat(query("SELECT count(*) FROM aside.gone")).containsExactly("[0]");
  }
}
