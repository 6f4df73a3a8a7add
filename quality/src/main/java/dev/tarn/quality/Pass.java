package dev.tarn.quality;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.Rows;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// One scan of a table that answers all checks which ask for aggregates; the same question is asked
/// once.
final class Pass {
  /// More aggregates than this are split over several scans.
  private static final int WIDTH_LIMIT = 500;

  private final Map<String, Integer> asked = new LinkedHashMap<>();
  private final List<@Nullable Object> answers = new ArrayList<>();

  /// Asks for an aggregate; the number is for reading the answer.
  int ask(String aggregate) {
    return asked.computeIfAbsent(aggregate, _ -> asked.size());
  }

  /// Asks how many rows a condition holds for.
  int count(String condition) {
    return switch (condition) {
      case "true" -> ask("count(*)");
      case "false" -> ask("0");
      default -> ask("count_if(" + condition + ")");
    };
  }

  void run(EngineConnection connection, Subject subject) {
    List<String> all = List.copyOf(asked.keySet());
    for (int from = 0; from < all.size(); from += WIDTH_LIMIT) {
      List<String> some = all.subList(from, Math.min(all.size(), from + WIDTH_LIMIT));
      Rows rows = connection.query("SELECT " + String.join(", ", some) + subject.from(), 1);
      answers.addAll(rows.rows().getFirst());
    }
  }

  /// A count; of no rows at all it is 0.
  long number(int question) {
    return whole(answers.get(question));
  }

  @Nullable Object value(int question) {
    return answers.get(question);
  }

  OptionalDouble decimal(int question) {
    return answers.get(question) instanceof Number number
        ? OptionalDouble.of(number.doubleValue())
        : OptionalDouble.empty();
  }

  static long whole(@Nullable Object value) {
    return switch (value) {
      case null -> 0;
      case BigDecimal decimal -> decimal.longValue();
      case Number number -> number.longValue();
      default -> throw new IllegalArgumentException("not a count: " + value);
    };
  }
}
