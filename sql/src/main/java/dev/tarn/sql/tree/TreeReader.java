package dev.tarn.sql.tree;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import java.util.List;
import java.util.function.Supplier;

/// Makes the typed tree from what the engine's parser wrote, and refuses what it does not know.
public final class TreeReader {

  /// How deeply nodes may lie in one another, so that no later walk exhausts its stack.
  public static final int DEEPEST = 300;

  private final SqlText text;
  private final BodyReader bodies = new BodyReader(this);
  private final RelationReader relations = new RelationReader(this);
  private final ExpressionReader expressions = new ExpressionReader(this);
  private int depth;

  public TreeReader(SqlText text) {
    this.text = text;
  }

  /// Reads a statement's `node`.
  public QueryBody body(JsonNode json) {
    return deeper(json, () -> bodies.read(fields(json)));
  }

  Relation relation(JsonNode json) {
    return deeper(json, () -> relations.read(fields(json)));
  }

  Expression expression(JsonNode json) {
    return deeper(json, () -> expressions.read(fields(json)));
  }

  OrderItem orderItem(JsonNode json) {
    Fields fields = fields(json);
    return new OrderItem(
        fields.text("type"),
        fields.text("null_order"),
        fields.node("expression", this::expression));
  }

  Argument argument(JsonNode json) {
    Fields fields = fields(json);
    return new Argument(fields.text("name"), fields.node("expression", this::expression));
  }

  Fields fields(JsonNode json) {
    return new Fields(json, text);
  }

  private <T> T deeper(JsonNode json, Supplier<T> read) {
    if (++depth > DEEPEST) {
      throw tooDeep(fields(json));
    }
    T node = read.get();
    depth--;
    return node;
  }

  private Failure tooDeep(Fields fields) {
    Problem problem =
        Problem.at(
            text.at(fields.origin()),
            "this query is nested more than " + DEEPEST + " levels deep",
            "move inner parts to WITH or to a model of their own");
    return new Failure(Remedy.FIX_INPUT, List.of(problem));
  }
}
