package dev.tarn.sql;

import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tables that the golden queries read.
public final class ShopTables {
  private static final Map<String, String> TABLES = new LinkedHashMap<>();

  static {
    TABLES.put(
        "silver.orders",
        "id BIGINT, customer_id BIGINT, status VARCHAR, amount DECIMAL(12,2), ordered_at TIMESTAMP, tags VARCHAR[]");
    TABLES.put(
        "silver.customers",
        "id BIGINT, name VARCHAR, email VARCHAR, country VARCHAR, address STRUCT(city VARCHAR, geo STRUCT(lat DOUBLE, lon DOUBLE)), contacts STRUCT(kind VARCHAR, value VARCHAR)[]");
    TABLES.put("silver.prices", "sku VARCHAR, valid_from TIMESTAMP, price DOUBLE");
    TABLES.put(
        "silver.sales",
        "country VARCHAR, year INTEGER, quarter INTEGER, revenue DOUBLE, units INTEGER");
    TABLES.put("silver.monthly", "sku VARCHAR, jan INTEGER, feb INTEGER, mar INTEGER");
    TABLES.put("silver.staff", "id BIGINT, boss_id BIGINT, name VARCHAR, salary DOUBLE");
    TABLES.put(
        "bronze.orders",
        "order_id VARCHAR, payload VARCHAR, amount VARCHAR, _ingested_at TIMESTAMP");
  }

  private ShopTables() {}

  /// The columns of one of them.
  public static Optional<Schema> schema(TableName table) {
    return Optional.ofNullable(TABLES.get(table.toString()))
        .map(text -> ((Type.Struct) Type.parse("STRUCT(" + text + ")")).fields())
        .map(fields ->
            new Schema(
                fields.stream().map(field -> Column.of(field.name(), field.type())).toList()));
  }

  /// Statements that make these tables in an empty engine.
  static List<String> statements() {
    List<String> statements =
        new ArrayList<>(List.of("CREATE SCHEMA silver", "CREATE SCHEMA bronze"));
    TABLES.forEach(
        (name, columns) -> statements.add("CREATE TABLE " + name + " (" + columns + ")"));
    return statements;
  }
}
