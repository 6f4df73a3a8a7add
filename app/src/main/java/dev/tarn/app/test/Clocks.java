package dev.tarn.app.test;

import dev.tarn.app.plan.KnownModel;
import dev.tarn.sql.Query.FunctionReference;
import dev.tarn.sql.SqlParser;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds tests whose outcome depends on the day: the model asks for the time, and the test does not
/// say which.
final class Clocks {
  private static final Set<String> NAMES =
      Set.of(
          "ago",
          "current_date",
          "current_localtime",
          "current_localtimestamp",
          "current_time",
          "current_timestamp",
          "get_current_time",
          "get_current_timestamp",
          "localtime",
          "localtimestamp",
          "now",
          "today",
          "transaction_timestamp");

  private final SqlParser parser;
  private final Map<TableName, Optional<String>> asked = new HashMap<>();

  Clocks(SqlParser parser) {
    this.parser = parser;
  }

  /// What to say of the test; empty when the day makes no difference to it.
  Optional<String> warning(BoundTest bound) {
    if (bound.test().now().isPresent()) {
      return Optional.empty();
    }
    return models(bound).stream()
        .flatMap(model -> clock(model).map(name -> text(bound, model, name)).stream())
        .findFirst();
  }

  private static List<KnownModel> models(BoundTest bound) {
    List<KnownModel> models = new ArrayList<>(List.of(bound.model()));
    for (TestTable table : bound.tables()) {
      if (table instanceof TestTable.Computed computed) {
        models.add(computed.model());
      }
    }
    return models;
  }

  private Optional<String> clock(KnownModel model) {
    return asked.computeIfAbsent(
        model.table(),
        _ ->
            parser.parse(model.sql()).volatileFunctions().stream()
                .map(FunctionReference::name)
                .filter(NAMES::contains)
                .findFirst());
  }

  private static String text(BoundTest bound, KnownModel model, String name) {
    return bound.test().at()
        + "  "
        + model.table()
        + " asks for the time ("
        + name
        + ") and the test has no now: what comes out may change from day to day";
  }
}
