package dev.tarn.lake;

import dev.tarn.vocabulary.Schema;
import java.util.List;
import java.util.Map;

/// What a table is to look like.
///
/// @param properties Iceberg table properties; `comment` is the description
/// @param columnDocs descriptions by column name
public record TableSpec(
    Schema schema,
    List<PartitionKey> partition,
    List<SortKey> sort,
    Map<String, String> properties,
    Map<String, String> columnDocs) {

  public TableSpec {
    partition = List.copyOf(partition);
    sort = List.copyOf(sort);
    properties = Map.copyOf(properties);
    columnDocs = Map.copyOf(columnDocs);
  }

  public static TableSpec of(Schema schema) {
    return new TableSpec(schema, List.of(), List.of(), Map.of(), Map.of());
  }
}
