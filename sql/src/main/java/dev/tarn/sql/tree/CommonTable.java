package dev.tarn.sql.tree;

import java.util.List;

/// One entry of a WITH clause.
///
/// @param columns the names given to its columns, possibly fewer than it has
/// @param materialized `CTE_MATERIALIZE_DEFAULT`, `CTE_MATERIALIZE_ALWAYS` or
///   `CTE_MATERIALIZE_NEVER`
/// @param keys the columns of USING KEY
/// @param payload the aggregates of USING KEY
public record CommonTable(
    Origin origin,
    String name,
    List<String> columns,
    String materialized,
    List<Expression> keys,
    List<Expression> payload,
    QueryBody body)
    implements SqlNode {

  public CommonTable {
    columns = List.copyOf(columns);
    keys = List.copyOf(keys);
    payload = List.copyOf(payload);
  }

  @Override
  public List<SqlNode> children() {
    return new ChildList().add(body).add(keys).add(payload).all();
  }
}
