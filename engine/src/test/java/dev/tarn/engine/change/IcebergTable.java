package dev.tarn.engine.change;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;

/// Reads a table with Iceberg's own generic reader, as another program would.
final class IcebergTable {
  private final BaseTable table;

  IcebergTable(String metadataLocation) {
    table = new BaseTable(new StaticTableOperations(metadataLocation, new PlainFiles()), "table");
  }

  /// The rows as [Versions#rows] has them, for values whose text is the same.
  List<String> rows() {
    List<String> rows = new ArrayList<>();
    try (var records = IcebergGenerics.read(table).build()) {
      for (Record record : records) {
        rows.add(text(record, table.schema().columns().size()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows.stream().sorted().toList();
  }

  /// The reader leaves a column of its own behind where rows are deleted.
  private static String text(Record record, int width) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      values.add(value(record.struct().fields().get(i).name(), record.get(i)));
    }
    return values.toString();
  }

  private static String value(String name, Object value) {
    if (value instanceof Record struct) {
      List<String> parts = new ArrayList<>();
      for (int i = 0; i < struct.size(); i++) {
        parts.add(struct.struct().fields().get(i).name() + "=" + value("", struct.get(i)));
      }
      return "{" + String.join(", ", parts) + "}";
    }
    return String.valueOf(value);
  }
}
