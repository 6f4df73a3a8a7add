package dev.tarn.lake;

import dev.tarn.vocabulary.Failure;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.Type;

/// Describes files that an engine wrote as data files of a table.
final class DataFileMaker {
  private final PartitionSpec spec;
  private final Schema schema;
  private final SortOrder order;
  private final MetricsConfig config;

  DataFileMaker(TableMetadata table) {
    this.spec = table.spec();
    this.schema = table.schema();
    this.order = table.sortOrder();
    this.config = MetricsConfig.from(table.properties(), schema, order);
  }

  List<DataFile> make(List<WrittenFile> files) {
    return files.stream().map(this::make).toList();
  }

  private DataFile make(WrittenFile file) {
    refuseMissingValues(file);
    DataFiles.Builder builder =
        DataFiles.builder(spec)
            .withPath(file.path().toString())
            .withFormat(FileFormat.PARQUET)
            .withFileSizeInBytes(file.bytes())
            .withMetrics(FileMetrics.of(file, schema, config));
    if (order.isSorted()) {
      builder.withSortOrder(order);
    }
    if (spec.isPartitioned()) {
      builder.withPartition(partition(file));
    }
    return builder.build();
  }

  private PartitionData partition(WrittenFile file) {
    PartitionData values = new PartitionData(spec.partitionType());
    if (file.partition().size() != spec.fields().size()) {
      throw Failure.bug(
          file.path()
              + " has "
              + file.partition().size()
              + " partition values for "
              + spec.fields().size()
              + " keys",
          new IllegalArgumentException());
    }
    for (int i = 0; i < spec.fields().size(); i++) {
      Optional<String> text = file.partition().get(i);
      if (text.isPresent()) {
        values.set(i, value(spec.fields().get(i), values.getType(i), text.get()));
      }
    }
    return values;
  }

  /// Days since 1970 come as a number, although Iceberg shows them as a date.
  private static Object value(PartitionField field, Type type, String text) {
    boolean ordinal = type.typeId() == Type.TypeID.DATE && !field.transform().isIdentity();
    return ordinal ? Integer.valueOf(text) : ValueText.parse(type, text);
  }

  private void refuseMissingValues(WrittenFile file) {
    for (var column : schema.columns()) {
      var figures = file.statistics().get(dev.tarn.vocabulary.Identifiers.quote(column.name()));
      String nulls = figures == null ? "0" : figures.getOrDefault("null_count", "0");
      if (column.isRequired() && !nulls.equals("0")) {
        throw Failure.data(
            "the required column '" + column.name() + "' has " + nulls + " NULLs",
            "fill or filter them in the query, or let the column be optional");
      }
    }
  }
}
