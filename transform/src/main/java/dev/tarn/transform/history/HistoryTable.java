package dev.tarn.transform.history;

import dev.tarn.lake.LakeTable;
import dev.tarn.transform.HistorySettings;
import dev.tarn.transform.Lookback;
import dev.tarn.transform.ModelSettings;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.Suggestions;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a table that keeps a history looks like: the columns of its query, those that the query had
/// once, and the time of each version.
public final class HistoryTable {
  private static final String MARK = "tarn.keeps";
  private static final String HISTORY = "history";
  private static final String KEY = "tarn.history.key";

  private final TableName name;
  private final ModelSettings settings;
  private final Optional<LakeTable> before;
  private final Problems problems;

  /// @param before the history so far
  /// @param problems is told of all that is wrong
  public HistoryTable(
      TableName name, ModelSettings settings, Optional<LakeTable> before, Problems problems) {
    this.name = name;
    this.settings = settings;
    this.before = before;
    this.problems = problems;
  }

  /// Whether a table holds a history, which nothing but it knows.
  public static boolean isHistory(LakeTable table) {
    return HISTORY.equals(table.properties().get(MARK));
  }

  /// What tells such a table from others.
  public static Map<String, String> properties(ModelSettings settings) {
    return Map.of(MARK, HISTORY, KEY, key(settings));
  }

  private static String key(ModelSettings settings) {
    return settings.key().stream()
        .map(column -> column.toLowerCase(Locale.ROOT))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /// Notes that a history would be written over.
  public static void refuseLoss(
      ModelSettings settings, Optional<LakeTable> there, Problems problems) {
    there
        .filter(HistoryTable::isHistory)
        .ifPresent(table ->
            problems.add(
                settings.at("materialize"),
                table.name() + " keeps a history, which this model would write over",
                "write materialize: snapshot, or give the model another name"));
  }

  /// The columns of the history; empty when something is wrong.
  ///
  /// @param query the columns of the query
  public Optional<Schema> columns(Schema query) {
    Problems own = new Problems();
    for (String name : HistorySettings.TIMES) {
      query
          .column(name)
          .ifPresent(_ ->
              own.add(
                  settings.at("materialize"),
                  "the query has a column '" + name + "', which a history adds by itself",
                  "give it another name in the query"));
    }
    sameKey(own);
    settings.key().forEach(column -> exists("key", column, query, own));
    settings.history().compare().forEach(column -> exists("compare", column, query, own));
    settings.history().updatedAt().ifPresent(column -> exists("updated_at", column, query, own));
    updatedAt(query).ifPresent(column -> time(column, own));
    Optional<Schema> columns = own.isEmpty() ? merged(query, own) : Optional.empty();
    problems.addAll(own.all());
    return columns;
  }

  /// By another key, versions of one row would be versions of several, or the other way around.
  private void sameKey(Problems own) {
    before
        .map(table -> table.properties().getOrDefault(KEY, ""))
        .filter(key -> !key.equals(key(settings)))
        .ifPresent(key ->
            own.add(
                settings.at("key"),
                "the history of " + name + " was kept by the key " + key + ", which can't change",
                "write  key: [" + key + "], or give the model another name"));
  }

  private void exists(String setting, String column, Schema query, Problems own) {
    if (query.column(column).isEmpty()) {
      own.add(
          settings.at(setting),
          setting + " names '" + column + "', which is no column of the query of " + name,
          Suggestions.didYouMean(column, query.names()));
    }
  }

  private Optional<Column> updatedAt(Schema query) {
    return settings.history().updatedAt().flatMap(query::column);
  }

  private void time(Column column, Problems own) {
    Location at = settings.at("updated_at");
    if (!Lookback.TYPES.contains(column.type())) {
      own.add(
          at,
          "updated_at must be a time, and '" + column.name() + "' is " + column.type().sql(),
          "cast it to TIMESTAMP, TIMESTAMPTZ or DATE in the query");
      return;
    }
    Type wanted = time(column);
    kept()
        .filter(type -> !type.equals(wanted))
        .ifPresent(type ->
            own.add(
                at,
                "the times of the history are %s, and '%s' is %s"
                    .formatted(type.sql(), column.name(), column.type().sql()),
                "cast it in the query, as in  " + column.name() + " AT TIME ZONE 'UTC'"));
  }

  private static Type time(Column column) {
    return column.type().equals(Type.Primitive.TIMESTAMPTZ)
        ? Type.Primitive.TIMESTAMPTZ
        : Type.Primitive.TIMESTAMP;
  }

  /// The type of the times that are there already.
  private Optional<Type> kept() {
    return before.flatMap(table -> table.schema().column(HistorySettings.FROM)).map(Column::type);
  }

  private Optional<Schema> merged(Schema query, Problems own) {
    Type time =
        kept()
            .or(() -> updatedAt(query).map(HistoryTable::time))
            .orElse(Type.Primitive.TIMESTAMPTZ);
    Schema whole =
        query.plus(
            List.of(Column.of(HistorySettings.FROM, time), Column.of(HistorySettings.TO, time)));
    try {
      return Optional.of(before.map(table -> table.widened(whole)).orElse(whole));
    } catch (Failure failure) {
      failure
          .problems()
          .forEach(problem -> own.add(settings.at("materialize"), problem.what(), problem.fix()));
      return Optional.empty();
    }
  }
}
