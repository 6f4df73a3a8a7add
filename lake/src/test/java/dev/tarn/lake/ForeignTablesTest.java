package dev.tarn.lake;

import static dev.tarn.lake.TestLake.ORDER;
import static dev.tarn.lake.TestLake.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.mapping.NameMappingParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ForeignTablesTest {
  private static final org.apache.iceberg.Schema SCHEMA =
      new FieldIds(0).replace(ORDER, Map.of(), List.of());

  @TempDir Path folder;

  @Test
  void a_table_that_another_program_made_is_read_and_written() throws IOException {
    try (TestLake lake = TestLake.in(folder);
        OtherClients others = new OtherClients(folder)) {
      others.catalog().createNamespace(Namespace.of("silver"));
      Table table = others.catalog().createTable(OtherClients.identifier(ORDERS), SCHEMA);
      assertThat(lake.lake.find(ORDERS).orElseThrow().scan().files()).isEmpty();
      assertThat(lake.lake.find(ORDERS).orElseThrow().snapshotId()).isEmpty();
      append(lake, table);

      assertThat(lake.lake.find(ORDERS).orElseThrow().scan().files())
          .allSatisfy(file -> assertThat(file.crc32c()).isEmpty());
      lake.append(ORDERS, TableSpec.of(ORDER), "SELECT 2 AS id, 'ours' AS status");
      assertThat(lake.lake.find(ORDERS).orElseThrow().rows()).isEqualTo(2);
      assertThat(lake.lake.scrub().unverified()).isPositive();
    }
  }

  @Test
  void another_program_writes_to_a_table_of_ours_and_ours_go_on_top() throws IOException {
    try (TestLake lake = TestLake.in(folder);
        OtherClients others = new OtherClients(folder);
        Branch branch = lake.branch()) {
      lake.append(ORDERS, TableSpec.of(ORDER), "SELECT 1 AS id, 'ours' AS status");
      lake.stageAppend(branch, ORDERS, TableSpec.of(ORDER), "SELECT 2 AS id, 'staged' AS status");
      append(lake, others.table(ORDERS));
      branch.publish(_ -> {});

      assertThat(lake.lake.find(ORDERS).orElseThrow().rows()).isEqualTo(3);
      assertThat(lake.lake.find(ORDERS).orElseThrow().scan().files()).hasSize(3);
      assertThat(lake.lake.history(ORDERS)).hasSize(3);
    }
  }

  @Test
  void files_without_field_ids_come_with_the_names_of_their_columns() throws IOException {
    try (TestLake lake = TestLake.in(folder);
        OtherClients others = new OtherClients(folder)) {
      others.catalog().createNamespace(Namespace.of("silver"));
      Table table = others.catalog().createTable(OtherClients.identifier(ORDERS), SCHEMA);
      table
          .updateProperties()
          .set("schema.name-mapping.default", NameMappingParser.toJson(MappingUtil.create(SCHEMA)))
          .commit();
      table.updateSchema().renameColumn("status", "state").commit();
      append(lake, table);

      assertThat(lake.lake.find(ORDERS).orElseThrow().scan().namedColumns())
          .containsEntry(1, List.of("id"))
          .hasEntrySatisfying(
              2, names -> assertThat(names).containsExactlyInAnyOrder("status", "state"));
    }
  }

  @Test
  void rows_that_another_program_deleted_by_their_values_are_an_error_and_not_a_wrong_number()
      throws IOException {
    try (TestLake lake = TestLake.in(folder);
        OtherClients others = new OtherClients(folder)) {
      lake.append(ORDERS, TableSpec.of(ORDER), "SELECT 1 AS id, 'ours' AS status");
      others
          .table(ORDERS)
          .newRowDelta()
          .addDeletes(
              FileMetadata.deleteFileBuilder(PartitionSpec.unpartitioned())
                  .ofEqualityDeletes(1)
                  .withPath(folder.resolve("deletes.parquet").toString())
                  .withFormat(FileFormat.PARQUET)
                  .withFileSizeInBytes(10)
                  .withRecordCount(1)
                  .build())
          .commit();

      assertThatThrownBy(() -> lake.lake.find(ORDERS).orElseThrow().scan())
          .hasMessageContaining(
              "silver.orders has rows that another program deleted by their values");
      lake.replace(ORDERS, TableSpec.of(ORDER), "SELECT 2 AS id, 'anew' AS status");
      assertThat(lake.rows(ORDERS)).containsExactly("2|anew");
    }
  }

  private void append(TestLake lake, Table table) throws IOException {
    Path file = folder.resolve("foreign.parquet");
    lake.duckdb.execute(
        "COPY (SELECT 7 AS id, 'theirs' AS status) TO '" + file + "' (FORMAT parquet)");
    table
        .newAppend()
        .appendFile(
            DataFiles.builder(table.spec())
                .withPath(file.toString())
                .withFileSizeInBytes(Files.size(file))
                .withRecordCount(1)
                .withFormat(FileFormat.PARQUET)
                .build())
        .commit();
  }
}
