package dev.tarn.lake;

import dev.tarn.vocabulary.Identifiers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;

/// Describes lists of deleted rows that an engine wrote as position delete files of a table, each
/// of one data file, so that readers open it for that file alone.
final class ListMaker {
  private static final int PATH = MetadataColumns.DELETE_FILE_PATH.fieldId();
  private static final int PLACE = MetadataColumns.DELETE_FILE_POS.fieldId();

  private final TableMetadata table;

  ListMaker(TableMetadata table) {
    this.table = table;
  }

  List<DeleteFile> make(Amendment amendment, List<WrittenFile> lists) {
    return lists.stream().map(list -> make(amendment.listed(list), list)).toList();
  }

  private DeleteFile make(DataFile of, WrittenFile list) {
    PartitionSpec spec = table.spec(of.specId());
    FileMetadata.Builder builder =
        FileMetadata.deleteFileBuilder(spec)
            .ofPositionDeletes()
            .withPath(list.path().toString())
            .withFormat(FileFormat.PARQUET)
            .withFileSizeInBytes(list.bytes())
            .withReferencedDataFile(of.location())
            .withMetrics(metrics(of.location(), list));
    if (spec.isPartitioned()) {
      builder.withPartition(of.partition());
    }
    return builder.build();
  }

  private static Metrics metrics(String location, WrittenFile list) {
    ByteBuffer path = Conversions.toByteBuffer(Types.StringType.get(), location);
    Map<Integer, ByteBuffer> lower = new java.util.HashMap<>(Map.of(PATH, path));
    Map<Integer, ByteBuffer> upper = new java.util.HashMap<>(Map.of(PATH, path));
    place(list, "min").ifPresent(first -> lower.put(PLACE, first));
    place(list, "max").ifPresent(last -> upper.put(PLACE, last));
    Map<Integer, Long> values = Map.of(PATH, list.rows(), PLACE, list.rows());
    Map<Integer, Long> nulls = Map.of(PATH, 0L, PLACE, 0L);
    return new Metrics(list.rows(), Map.of(), values, nulls, Map.of(), lower, upper);
  }

  private static Optional<ByteBuffer> place(WrittenFile list, String which) {
    Map<String, String> figures =
        list.statistics()
            .getOrDefault(
                Identifiers.quote(MetadataColumns.DELETE_FILE_POS.name()),
                Map.<String, String>of());
    return Optional.ofNullable(figures.get(which))
        .map(text -> Conversions.toByteBuffer(Types.LongType.get(), Long.valueOf(text)));
  }
}
