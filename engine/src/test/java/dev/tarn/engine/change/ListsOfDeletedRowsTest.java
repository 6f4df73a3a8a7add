package dev.tarn.engine.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.lake.AsOf;
import dev.tarn.lake.Branch;
import dev.tarn.lake.LakeSettings;
import dev.tarn.lake.ScanDeletes;
import dev.tarn.lake.ScanFile;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Remedy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Position delete files are files of a table as its data files are: verified, kept and removed
/// with them, whoever wrote them.
class ListsOfDeletedRowsTest {
  @TempDir Path folder;
  private Versions versions;

  @BeforeEach
  void open() {
    versions = new Versions(folder, new LakeSettings(64_000, 100, 10, 4));
    versions.replace("SELECT i AS id, 'name ' || i AS name FROM range(5000) AS t(i)");
  }

  @AfterEach
  void close() {
    versions.close();
  }

  private List<ScanDeletes> lists() {
    return versions.table().scan().files().stream().flatMap(ScanFile::lists).distinct().toList();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("lake"))) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void a_damaged_list_is_an_error_that_names_it() throws IOException {
    versions.change("id % 1000 = 7", "");
    Path list = lists().getFirst().path();
    byte[] bytes = Files.readAllBytes(list);
    bytes[bytes.length / 2] ^= 4;
    Files.write(list, bytes);

    assertThatThrownBy(() -> versions.rows(new AsOf.Current()))
        .hasMessageContaining("the position delete file " + list)
        .extracting(error -> ((Failure) error).remedy())
        .isEqualTo(Remedy.FIX_DATA);
    assertThat(versions.lake.scrub().damaged())
        .singleElement()
        .satisfies(damage -> assertThat(damage.path()).isEqualTo(list.toString()));
  }

  @Test
  void a_change_that_is_not_published_leaves_nothing() throws IOException {
    List<Path> before = files();

    try (Branch branch = versions.branch()) {
      versions.change(branch, "id % 1000 = 7", "SELECT 1 AS id, 'x' AS name");
      assertThat(branch.find(Versions.TABLE).orElseThrow().rows()).isEqualTo(4996);
      assertThat(files()).hasSizeGreaterThan(before.size());
    }

    assertThat(files()).isEqualTo(before);
    assertThat(versions.table().rows()).isEqualTo(5000);
  }

  @Test
  void a_change_can_be_made_on_top_of_what_its_branch_staged() {
    try (Branch branch = versions.branch()) {
      versions.change(branch, "id % 1000 = 7", "");
      versions.change(branch, "id % 1000 = 8", "SELECT 7::BIGINT AS id, 'x' AS name");
      versions.change(branch, "id = 7", "");
      branch.publish();
    }

    assertThat(versions.rows(new AsOf.Current())).hasSize(4990).doesNotContain("[7, x]");
  }

  @Test
  void a_change_is_tried_again_when_others_were_faster_and_an_addition_is_put_on_top() {
    try (Branch removing = versions.branch();
        Branch adding = versions.branch()) {
      versions.change(removing, "id % 1000 = 7", "");
      versions.change(adding, "false", "SELECT 9000::BIGINT AS id, 'x' AS name");
      versions.change("id = 3", "");

      adding.publish();
      assertThatThrownBy(removing::publish)
          .extracting(error -> ((Failure) error).remedy())
          .isEqualTo(Remedy.RETRY);
    }

    assertThat(versions.rows(new AsOf.Current())).hasSize(5000).contains("[9000, x]");
  }

  @Test
  void a_file_of_which_much_is_deleted_is_compacted_and_its_list_goes_with_the_last_version()
      throws IOException {
    versions.change("id % 9 = 7", "");
    Path list = lists().getFirst().path();
    List<String> rows = versions.rows(new AsOf.Current());

    assertThat(versions.compact()).contains(1);

    assertThat(lists()).isEmpty();
    assertThat(versions.rows(new AsOf.Current())).isEqualTo(rows);
    assertThat(versions.table().rows()).isEqualTo(rows.size());
    assertThat(versions.changes().counts().any()).isFalse();
    versions.upkeep().remove(versions.upkeep().spent(List.of(Versions.TABLE)));
    assertThat(list).exists();
    versions.clock.advance(java.time.Duration.ofDays(40));
    versions.change("id = 1", "");
    versions.clock.advance(java.time.Duration.ofDays(40));
    versions.tidy();
    versions.upkeep().remove(versions.upkeep().spent(List.of(Versions.TABLE)));
    assertThat(list).doesNotExist();
    assertThat(versions.lake.scrub().damaged()).isEmpty();
  }

  @Test
  void lists_of_another_program_are_read_and_dropped_when_they_apply_to_nothing()
      throws IOException {
    versions.append("SELECT i AS id, 'name ' || i AS name FROM range(5000, 9000) AS t(i)");
    List<ScanFile> files = versions.table().scan().files();
    Path list = folder.resolve("foreign.parquet");
    versions.connection.execute(
        "COPY (SELECT file_path, pos FROM (VALUES ('%s', 5::BIGINT), ('%s', 6), ('%s', 6)) AS t(file_path, pos)) TO '%s' (FORMAT parquet, FIELD_IDS {file_path: 2147483546, pos: 2147483545})"
            .formatted(
                files.getFirst().path(), files.getLast().path(), files.getLast().path(), list));
    add(list, 3);

    assertThat(versions.rows(new AsOf.Current())).hasSize(8998);
    versions.change("id % 1000 = 7", "SELECT 1::BIGINT AS id, 'new' AS name");
    assertThat(versions.rows(new AsOf.Current())).hasSize(8990);
    assertThat(new IcebergTable(versions.table().metadataLocation()).rows()).hasSize(8990);
    assertThat(versions.changes().counts())
        .satisfies(counts -> assertThat(counts.added()).isEqualTo(1))
        .satisfies(counts -> assertThat(counts.removed()).isEqualTo(9));

    versions.change("true", "SELECT 1::BIGINT AS id, 'last' AS name");
    assertThat(versions.rows(new AsOf.Current())).containsExactly("[1, last]");
    assertThat(versions.tidy()).isTrue();
    assertThat(versions.table().rows()).isEqualTo(1);
    assertThat(versions.rows(new AsOf.Current())).containsExactly("[1, last]");
  }

  @Test
  void a_list_that_is_short_of_rows_is_an_error_and_not_rows_that_are_back() throws IOException {
    Path list = folder.resolve("foreign.parquet");
    versions.connection.execute(
        "COPY (SELECT '%s' AS file_path, 5::BIGINT AS pos) TO '%s' (FORMAT parquet)"
            .formatted(versions.table().scan().files().getFirst().path(), list));
    add(list, 1);

    assertThatThrownBy(() -> versions.rows(new AsOf.Current()))
        .hasMessageContaining("lists 0 rows where 1 were recorded");
  }

  private void add(Path list, long rows) throws IOException {
    try (JdbcCatalog catalog = new JdbcCatalog()) {
      catalog.initialize(
          "tarn",
          Map.of(
              CatalogProperties.URI,
              "jdbc:sqlite:" + folder.resolve("t.db"),
              CatalogProperties.WAREHOUSE_LOCATION,
              folder.resolve("lake").toString(),
              CatalogProperties.FILE_IO_IMPL,
              PlainFiles.class.getName(),
              "jdbc.schema-version",
              "V1"));
      Table table = catalog.loadTable(TableIdentifier.of("silver", "orders"));
      table
          .newRowDelta()
          .addDeletes(
              FileMetadata.deleteFileBuilder(table.spec())
                  .ofPositionDeletes()
                  .withPath(list.toString())
                  .withFormat(FileFormat.PARQUET)
                  .withFileSizeInBytes(Files.size(list))
                  .withRecordCount(rows)
                  .build())
          .commit();
    }
  }
}
