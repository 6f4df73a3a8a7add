package dev.tarn.bench.tpch;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A table of TPC-H, and the orders that the refresh functions delete.
enum Table {
  REGION("r_regionkey", "r_regionkey bigint, r_name varchar, r_comment varchar"),
  NATION(
      "n_nationkey", "n_nationkey bigint, n_name varchar, n_regionkey bigint, n_comment varchar"),
  SUPPLIER(
      "s_suppkey",
      "s_suppkey bigint, s_name varchar, s_address varchar, s_nationkey bigint, s_phone varchar,"
          + " s_acctbal decimal(15;2), s_comment varchar"),
  CUSTOMER(
      "c_custkey",
      "c_custkey bigint, c_name varchar, c_address varchar, c_nationkey bigint, c_phone varchar,"
          + " c_acctbal decimal(15;2), c_mktsegment varchar, c_comment varchar"),
  PART(
      "p_partkey",
      "p_partkey bigint, p_name varchar, p_mfgr varchar, p_brand varchar, p_type varchar,"
          + " p_size integer, p_container varchar, p_retailprice decimal(15;2), p_comment varchar"),
  PARTSUPP(
      "ps_partkey, ps_suppkey",
      "ps_partkey bigint, ps_suppkey bigint, ps_availqty integer, ps_supplycost decimal(15;2),"
          + " ps_comment varchar"),
  ORDERS(
      "o_orderkey",
      "o_orderkey bigint, o_custkey bigint, o_orderstatus varchar, o_totalprice decimal(15;2),"
          + " o_orderdate date, o_orderpriority varchar, o_clerk varchar, o_shippriority integer,"
          + " o_comment varchar"),
  LINEITEM(
      "l_orderkey, l_linenumber",
      "l_orderkey bigint, l_partkey bigint, l_suppkey bigint, l_linenumber integer,"
          + " l_quantity decimal(15;2), l_extendedprice decimal(15;2), l_discount decimal(15;2),"
          + " l_tax decimal(15;2), l_returnflag varchar, l_linestatus varchar, l_shipdate date,"
          + " l_commitdate date, l_receiptdate date, l_shipinstruct varchar, l_shipmode varchar,"
          + " l_comment varchar"),
  DELETED_ORDERS("orderkey", "orderkey bigint");

  private final String key;
  private final List<Column> columns;

  private record Column(String name, String type) {}

  Table(String key, String columns) {
    this.key = key;
    this.columns =
        List.of(columns.split(", ")).stream()
            .map(column -> column.split(" "))
            .map(words -> new Column(words[0], words[1].replace(';', ',')))
            .toList();
  }

  /// As in the lake, in both layers.
  String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What lands it in bronze.
  String source() {
    return """
    from: files
    path: data/%s/*.tbl
    format: csv
    delimiter: pipe
    quote: none
    header: false
    keep_raw: false
    names: [%s]
    columns:
    %s
    """
        .formatted(
            title(),
            names(),
            columns.stream()
                .map(column -> "  %s: %s".formatted(column.name(), column.type()))
                .collect(Collectors.joining("\n")));
  }

  /// What makes it in silver: without the rows of deleted orders.
  String model() {
    String deleted =
        switch (this) {
          case ORDERS, LINEITEM ->
              "ANTI JOIN bronze.deleted_orders ON %s = orderkey".formatted(key.split(",")[0]);
          case REGION, NATION, SUPPLIER, CUSTOMER, PART, PARTSUPP, DELETED_ORDERS -> "";
        };
    return """
    /*
    key: [%s]
    sort: [%1$s]
    */
    SELECT %s
    FROM bronze.%s
    %s
    """
        .formatted(key, names(), title(), deleted);
  }

  private String names() {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }
}
