package dev.tarn.transform;

import dev.tarn.vocabulary.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a model with `materialize: snapshot` tells versions apart.
///
/// @param updatedAt the column that says when a version began; empty when the run's time does
/// @param compare the columns of which a change makes a version; empty for all
public record HistorySettings(Optional<String> updatedAt, List<String> compare, Deletes deletes) {
  /// The columns that a history has beside those of its query.
  public static final String FROM = "valid_from";

  public static final String TO = "valid_to";

  public static final List<String> TIMES = List.of(FROM, TO);

  private static final List<String> KEYS = List.of("updated_at", "compare", "deletes");

  public HistorySettings {
    compare = List.copyOf(compare);
  }

  static HistorySettings read(Settings settings) {
    return new HistorySettings(
        settings.text("updated_at"),
        settings.texts("compare"),
        settings.choice("deletes", Deletes.class).orElse(Deletes.CLOSE));
  }

  /// Notes what does not go together.
  static void judge(Settings settings, Materialize materialize, RefreshChoice refresh) {
    if (materialize != Materialize.SNAPSHOT) {
      KEYS.stream()
          .filter(settings::has)
          .forEach(key ->
              settings.problem(
                  key,
                  "'" + key + "' is for histories",
                  "write materialize: snapshot, or remove " + key));
      return;
    }
    if (settings.texts("key").isEmpty()) {
      settings.problem(
          "materialize",
          "a history needs a key: it tells which rows are versions of one",
          "add  key: the columns that name a row of the query");
    }
    if (refresh != RefreshChoice.AUTO) {
      settings.problem(
          "refresh",
          "a history is added to, never computed anew, so there is no way to choose",
          "remove refresh");
    }
  }

  /// The columns that name a row of the history.
  static List<String> rowKey(List<String> key) {
    List<String> all = new ArrayList<>(key);
    all.add(FROM);
    return all;
  }
}
