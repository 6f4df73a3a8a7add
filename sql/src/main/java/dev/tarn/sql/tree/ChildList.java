package dev.tarn.sql.tree;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Collects the children of a node.
final class ChildList {
  private final List<SqlNode> nodes = new ArrayList<>();

  ChildList add(SqlNode node) {
    nodes.add(node);
    return this;
  }

  ChildList add(Optional<? extends SqlNode> node) {
    node.ifPresent(nodes::add);
    return this;
  }

  ChildList add(Collection<? extends SqlNode> more) {
    nodes.addAll(more);
    return this;
  }

  ChildList addItems(Collection<OrderItem> items) {
    items.forEach(item -> nodes.add(item.expression()));
    return this;
  }

  ChildList addArguments(Collection<Argument> arguments) {
    arguments.forEach(argument -> nodes.add(argument.expression()));
    return this;
  }

  List<SqlNode> all() {
    return List.copyOf(nodes);
  }
}
