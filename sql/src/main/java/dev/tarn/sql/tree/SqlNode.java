package dev.tarn.sql.tree;

import java.util.List;

/// Any node of the syntax tree.
public sealed interface SqlNode permits QueryBody, Relation, Expression, Modifier, CommonTable {

  Origin origin();

  /// The nodes directly below this one, in the order in which they are written.
  List<SqlNode> children();
}
