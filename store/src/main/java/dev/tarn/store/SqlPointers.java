package dev.tarn.store;

import dev.tarn.vocabulary.TableName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The pointers in Iceberg's own tables.
record SqlPointers(Sql sql, Scope scope) implements Pointers {
  private static final String COLUMNS =
      """
      SELECT table_namespace, table_name, metadata_location, previous_metadata_location, iceberg_type
      FROM iceberg_tables WHERE \
      """;
  private static final String OF = "catalog_name = ?";
  private static final String ONE = OF + " AND table_namespace = ? AND table_name = ?";
  private static final String HELD = "catalog_name = 'tarn' OR catalog_name LIKE 'tarn@%'";

  @Override
  public Optional<Pointer> find(TableName name) {
    return sql.first(SqlPointers::read, COLUMNS + ONE, scope.catalog(), name.layer(), name.name());
  }

  @Override
  public List<Pointer> all() {
    // Sorted here, because each database sorts texts its own way.
    return sql.list(SqlPointers::read, COLUMNS + OF, scope.catalog()).stream()
        .sorted(Comparator.comparing(Pointer::name))
        .toList();
  }

  @Override
  public List<Pointer> everywhere() {
    return sql.list(SqlPointers::read, COLUMNS + HELD).stream()
        .distinct()
        .sorted(Comparator.comparing(Pointer::name))
        .toList();
  }

  @Override
  public boolean insert(Pointer pointer) {
    TableName name = pointer.name();
    TableKey.of(name);
    // As JdbcCatalog does it when a namespace is made without properties of its own.
    sql.change(
        """
        INSERT INTO iceberg_namespace_properties (catalog_name, namespace, property_key, property_value)
        VALUES (?, ?, 'exists', 'true') ON CONFLICT DO NOTHING\
        """,
        scope.catalog(),
        name.layer());
    return sql.change(
            """
            INSERT INTO iceberg_tables (catalog_name, table_namespace, table_name, metadata_location,
              previous_metadata_location, iceberg_type)
            VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING\
            """,
            scope.catalog(),
            name.layer(),
            name.name(),
            pointer.metadataLocation(),
            pointer.previous(),
            pointer.view() ? "VIEW" : "TABLE")
        == 1;
  }

  @Override
  public boolean swap(TableName name, String from, String to) {
    Pointer.requireFitting(to);
    return sql.change(
            """
            UPDATE iceberg_tables SET metadata_location = ?, previous_metadata_location = ?
            WHERE catalog_name = ? AND table_namespace = ? AND table_name = ? AND metadata_location = ?\
            """,
            to,
            from,
            scope.catalog(),
            name.layer(),
            name.name(),
            from)
        == 1;
  }

  @Override
  public boolean drop(TableName name, String from) {
    return sql.change(
            """
            DELETE FROM iceberg_tables
            WHERE catalog_name = ? AND table_namespace = ? AND table_name = ? AND metadata_location = ?\
            """,
            scope.catalog(),
            name.layer(),
            name.name(),
            from)
        == 1;
  }

  private static Pointer read(Row row) {
    return new Pointer(
        new TableName(row.text(1), row.text(2)),
        row.text(3),
        row.maybeText(4),
        row.text(5).equals("VIEW"));
  }
}
