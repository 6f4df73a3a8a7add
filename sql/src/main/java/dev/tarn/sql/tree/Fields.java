package dev.tarn.sql.tree;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The fields of one node as the parser wrote it. A field that is not as expected is a failure,
/// never a guess.
record Fields(JsonNode json, SqlText text) {

  Origin origin() {
    return new Origin(number("query_location"), number("query_location_length"), json);
  }

  private int number(String key) {
    JsonNode value = json.path(key);
    return value.canConvertToInt() ? value.intValue() : -1;
  }

  int integer(String key) {
    JsonNode value = json.path(key);
    if (!value.canConvertToInt()) {
      throw unexpected(key);
    }
    return value.intValue();
  }

  String text(String key) {
    JsonNode value = json.path(key);
    if (!value.isTextual()) {
      throw unexpected(key);
    }
    return value.textValue();
  }

  boolean flag(String key) {
    JsonNode value = json.path(key);
    if (!value.isBoolean()) {
      throw unexpected(key);
    }
    return value.booleanValue();
  }

  List<String> texts(String key) {
    return list(
        key,
        item -> {
          if (!item.isTextual()) {
            throw unexpected(key);
          }
          return item.textValue();
        });
  }

  /// The parts of a qualified name.
  List<String> path() {
    return inside("qualified_name").texts("path");
  }

  Fields inside(String key) {
    JsonNode value = json.path(key);
    if (!value.isObject()) {
      throw unexpected(key);
    }
    return new Fields(value, text);
  }

  boolean has(String key) {
    JsonNode value = json.path(key);
    return !value.isMissingNode() && !value.isNull();
  }

  <T> T node(String key, Function<JsonNode, T> read) {
    JsonNode value = json.path(key);
    if (!value.isObject()) {
      throw unexpected(key);
    }
    return read.apply(value);
  }

  <T> Optional<T> optional(String key, Function<JsonNode, T> read) {
    return has(key) ? Optional.of(node(key, read)) : Optional.empty();
  }

  <T> List<T> list(String key, Function<JsonNode, T> read) {
    JsonNode value = json.path(key);
    if (!value.isArray()) {
      throw unexpected(key);
    }
    List<T> items = new ArrayList<>(value.size());
    value.forEach(item -> items.add(read.apply(item)));
    return items;
  }

  /// The failure for a construct that Tarn does not know: what is not understood is refused.
  Failure unknown(String kind, String name) {
    Problem problem =
        Problem.at(
            text.at(origin()),
            "this query uses " + kind + " '" + name + "', which is not supported",
            "write it in another way");
    return new Failure(Remedy.FIX_INPUT, List.of(problem));
  }

  Failure refused(String what, String fix) {
    return new Failure(Remedy.FIX_INPUT, List.of(Problem.at(text.at(origin()), what, fix)));
  }

  private Failure unexpected(String key) {
    return unknown("an unexpected form of", json.path("type").asText("node") + "." + key);
  }
}
