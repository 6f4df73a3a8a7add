package dev.tarn.sql.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tarn.sql.tree.SqlNode;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Changes to a tree in the parser's own form: each names the node it is for, and is made on a copy
/// whose inner nodes are changed already. Two nodes may look alike, so they are told apart by
/// identity.
final class Edits {
  private final Map<JsonNode, UnaryOperator<ObjectNode>> edits = new IdentityHashMap<>();

  static Edits none() {
    return new Edits();
  }

  Edits copy() {
    Edits copy = new Edits();
    copy.edits.putAll(edits);
    return copy;
  }

  /// These and others.
  Edits and(Edits others) {
    Edits both = copy();
    both.edits.putAll(others.edits);
    return both;
  }

  /// Adds one; a second for the same node is made after the first.
  Edits with(SqlNode node, UnaryOperator<ObjectNode> edit) {
    edits.merge(
        node.origin().json(), edit, (first, second) -> copy -> second.apply(first.apply(copy)));
    return this;
  }

  /// As [#with], in place of what was to be done with the node before.
  Edits instead(SqlNode node, UnaryOperator<ObjectNode> edit) {
    edits.put(node.origin().json(), edit);
    return this;
  }

  JsonNode applied(SqlNode node) {
    return applied(node.origin().json());
  }

  JsonNode applied(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(field -> copy.set(field.getKey(), applied(field.getValue())));
        UnaryOperator<ObjectNode> edit = edits.get(object);
        yield edit == null ? copy : edit.apply(copy);
      }
      case ArrayNode array -> {
        ArrayNode copy = JsonNodeFactory.instance.arrayNode();
        array.forEach(item -> copy.add(applied(item)));
        yield copy;
      }
      case JsonNode value -> value;
    };
  }
}
