package dev.tarn.lake;

import dev.tarn.vocabulary.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.jdbc.JdbcCatalog;

/// Iceberg's own catalog and reader, as another program would use them on our database.
final class OtherClients implements AutoCloseable {
  private final JdbcCatalog catalog = new JdbcCatalog();

  OtherClients(Path folder) {
    this("jdbc:sqlite:" + folder.resolve("tarn.db"), folder.resolve("lake"));
  }

  OtherClients(String url, Path warehouse) {
    this(url, warehouse, "tarn");
  }

  OtherClients(String url, Path warehouse, String name) {
    catalog.initialize(
        name,
        Map.of(
            CatalogProperties.URI,
            url,
            CatalogProperties.WAREHOUSE_LOCATION,
            warehouse.toString(),
            CatalogProperties.FILE_IO_IMPL,
            PlainFiles.class.getName(),
            "jdbc.schema-version",
            "V1"));
  }

  JdbcCatalog catalog() {
    return catalog;
  }

  Table table(TableName name) {
    return catalog.loadTable(identifier(name));
  }

  static TableIdentifier identifier(TableName name) {
    return TableIdentifier.of(Namespace.of(name.layer()), name.name());
  }

  List<String> rows(TableName name) {
    return rows(name, Expressions.alwaysTrue());
  }

  List<String> rows(TableName name, Expression where) {
    Table table = table(name);
    try (var records = IcebergGenerics.read(table).where(where).build()) {
      return StreamSupport.stream(records.spliterator(), false)
          .map(record -> text(record, table.schema().columns().size()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Record record, int width) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < width; i++) {
      text.append(i == 0 ? "" : "|").append(record.get(i));
    }
    return text.toString();
  }

  @Override
  public void close() {
    catalog.close();
  }
}
