package dev.tarn.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// How plain DuckDB reads the shop's files; one query per source, one scan per shape its files ever
/// had.
final class PlainShopSources {

  private static final String CSV =
      "auto_detect=false, header=true, quote='\"', escape='\"', store_rejects=true";

  private PlainShopSources() {}

  /// A bronze table and the query that reads its files.
  record Read(String table, String sql) {}

  static List<Read> all(Path data) {
    return List.of(
        new Read("bronze.customers", customers(data)),
        new Read("bronze.customers_legacy", legacyCustomers(data)),
        new Read("bronze.products", products(data)),
        new Read("bronze.orders", orders(data)),
        new Read("bronze.order_lines", orderLines(data)),
        new Read("bronze.payments", payments(data)),
        new Read("bronze.clicks", clicks(data)));
  }

  private static String customers(Path data) {
    return csv(
        list(data, "customers/*.csv"),
        "delim=','",
        "customer_id BIGINT, first_name VARCHAR, last_name VARCHAR, email VARCHAR, phone VARCHAR,"
            + " birth_date VARCHAR, street VARCHAR, postcode VARCHAR, city VARCHAR, country VARCHAR,"
            + " newsletter BOOLEAN, registered_at TIMESTAMP, updated_at TIMESTAMP");
  }

  private static String legacyCustomers(Path data) {
    return csv(
        list(data, "customers_legacy/*.csv"),
        "delim=';', encoding='latin-1', nullstr=['', '\\N']",
        "Kundennr BIGINT, Nachname VARCHAR, Vorname VARCHAR, E-Mail VARCHAR, Geburtstag VARCHAR,"
            + " Strasse VARCHAR, PLZ VARCHAR, Ort VARCHAR, Land VARCHAR, Angelegt VARCHAR");
  }

  private static String products(Path data) {
    var dialect = "delim='|', comment='#', nullstr=['', '\\N']";
    var before =
        "sku VARCHAR, name VARCHAR, category VARCHAR, brand VARCHAR, list_price DECIMAL(10;2), cost DECIMAL(10;2), ";
    return csv(
            list(data, "products/catalogue-2023-*.psv"),
            dialect,
            before + "weight_kg DECIMAL(8;3), valid_from DATE")
        + "\nUNION ALL BY NAME\n"
        + csv(
            list(data, "products/catalogue-2024-*.psv"),
            dialect,
            before + "weight_g INTEGER, valid_from DATE");
  }

  private static String orders(Path data) {
    var start = "order_id BIGINT, customer_id BIGINT, ordered_at VARCHAR, status VARCHAR, ";
    var middle =
        ", shipping_country VARCHAR, shipping_city VARCHAR, shipping_cost DECIMAL(10;2), gift_note VARCHAR";
    var newsletter = ", newsletter VARCHAR";
    var updated = ", updated_at TIMESTAMP";
    var coupon = ", coupon VARCHAR";
    return Stream.of(
            csv(
                list(data, "orders/orders-2023-*.csv"),
                "delim=','",
                start + "channel VARCHAR" + middle + newsletter + updated),
            csv(
                months(data, 1, 3),
                "delim=','",
                start + "channel VARCHAR" + middle + newsletter + updated + coupon),
            csv(
                months(data, 4, 6),
                "delim=','",
                start + "sales_channel VARCHAR" + middle + newsletter + updated + coupon),
            csv(
                months(data, 7, 12),
                "delim=','",
                start + "sales_channel VARCHAR" + middle + updated + coupon))
        .collect(Collectors.joining("\nUNION ALL BY NAME\n"));
  }

  private static String orderLines(Path data) {
    return csv(
        list(data, "order_lines/*.csv"),
        "delim=','",
        "order_id VARCHAR, line_number VARCHAR, sku VARCHAR, quantity VARCHAR, unit_price VARCHAR,"
            + " discount VARCHAR, tax_rate VARCHAR, warehouse VARCHAR");
  }

  private static String payments(Path data) {
    return csv(
        list(data, "payments/*.csv"),
        "delim=';', nullstr=['', '\\N']",
        "payment_id VARCHAR, order_id VARCHAR, kind VARCHAR, method VARCHAR, paid_at VARCHAR,"
            + " amount VARCHAR, currency VARCHAR");
  }

  private static String clicks(Path data) {
    return """
    SELECT * FROM read_json(%s, format = 'newline_delimited', ignore_errors = true, columns = {
      event_id: 'VARCHAR', occurred_at: 'TIMESTAMP', type: 'VARCHAR',
      session: 'STRUCT(id VARCHAR, visitor VARCHAR, device VARCHAR, os VARCHAR, browser VARCHAR)',
      customer_id: 'BIGINT', page: 'STRUCT(path VARCHAR, referrer VARCHAR, campaign VARCHAR)',
      product: 'STRUCT(sku VARCHAR, price DECIMAL(10,2))', order_id: 'BIGINT', experiment: 'VARCHAR'})
    WHERE event_id IS NOT NULL\
    """
        .formatted(list(data, "clicks/*.ndjson*"));
  }

  /// Columns are given as `name TYPE, …`; a comma within a type is written as a semicolon.
  private static String csv(String files, String dialect, String columns) {
    var types =
        Stream.of(columns.split(", "))
            .map(column -> column.split(" "))
            .map(column -> "'%s': '%s'".formatted(column[0], column[1].replace(';', ',')))
            .collect(Collectors.joining(", ", "{", "}"));
    return "SELECT * FROM read_csv(%s, %s, %s, columns=%s)".formatted(files, CSV, dialect, types);
  }

  private static String list(Path data, String glob) {
    return "['" + data.resolve(glob) + "']";
  }

  private static String months(Path data, int first, int last) {
    return IntStream.rangeClosed(first, last)
        .mapToObj(month -> "'" + data.resolve("orders/orders-2024-%02d.csv".formatted(month)) + "'")
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
