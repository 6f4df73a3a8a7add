package dev.tarn.sql.tree;

import java.util.List;
import java.util.Optional;

/// What is done to the rows of a query at its end.
public sealed interface Modifier extends SqlNode {

  /// `ORDER BY`.
  record Order(Origin origin, List<OrderItem> items) implements Modifier {
    public Order {
      items = List.copyOf(items);
    }

    @Override
    public List<SqlNode> children() {
      return new ChildList().addItems(items).all();
    }
  }

  /// `LIMIT` and `OFFSET`.
  ///
  /// @param percent true when the limit is a share of the rows
  record Limit(
      Origin origin, Optional<Expression> limit, Optional<Expression> offset, boolean percent)
      implements Modifier {
    @Override
    public List<SqlNode> children() {
      return new ChildList().add(limit).add(offset).all();
    }
  }

  /// `DISTINCT`, or `DISTINCT ON` when there are targets.
  record Distinct(Origin origin, List<Expression> targets) implements Modifier {
    public Distinct {
      targets = List.copyOf(targets);
    }

    @Override
    public List<SqlNode> children() {
      return new ChildList().add(targets).all();
    }
  }
}
