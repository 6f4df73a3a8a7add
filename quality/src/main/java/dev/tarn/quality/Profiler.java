package dev.tarn.quality;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.Rows;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Makes the profile of a table in two passes: one for all statistics of all columns, one to count
/// the values that occur most. What a text may look like is guessed from a sample, then counted
/// exactly.
public final class Profiler {
  private static final int TOP = 12;
  private static final int FEW_ROWS = 1000;
  private static final double ALIKE = 0.9;

  private final EngineConnection connection;

  public Profiler(EngineConnection connection) {
    this.connection = connection;
  }

  /// The profile of a table, or a view, that the connection's session exposes.
  public Profile profile(TableName table) {
    Schema schema = connection.describe("SELECT * FROM " + table.sql());
    Subject subject = Subject.table(table, schema);
    Pass statistics = new Pass();
    int rows = statistics.count("true");
    List<ColumnQuestions> asked = new ArrayList<>();
    LikelyForms likely = LikelyForms.of(connection, subject);
    for (Column column : schema.columns()) {
      asked.add(new ColumnQuestions(column, statistics, likely.of(column)));
    }
    statistics.run(connection, subject);
    Pass counts = new Pass();
    counts.count("true");
    asked.forEach(questions ->
        top(questions, statistics).forEach(value -> counts.count(equal(questions, value))));
    counts.run(connection, subject);
    List<Profile.OfColumn> columns = new ArrayList<>();
    for (ColumnQuestions questions : asked) {
      columns.add(column(questions, statistics, counts, statistics.number(rows)));
    }
    return new Profile(table, statistics.number(rows), columns);
  }

  /// Whether no value of a column occurs twice, exactly; NULL counts as a value.
  boolean unique(TableName table, Column column) {
    String name = Identifiers.quote(column.name());
    Rows rows =
        connection.query("SELECT count(DISTINCT " + name + "), count(*) FROM " + table.sql(), 1);
    List<@Nullable Object> counted = rows.rows().getFirst();
    return Pass.whole(counted.get(0)) == Pass.whole(counted.get(1));
  }

  private static Profile.OfColumn column(
      ColumnQuestions asked, Pass statistics, Pass counts, long rows) {
    long present = statistics.number(asked.present());
    List<Profile.Top> top = new ArrayList<>();
    for (String value : top(asked, statistics)) {
      top.add(new Profile.Top(value, counts.number(counts.count(equal(asked, value)))));
    }
    top.sort((a, b) -> Long.compare(b.rows(), a.rows()));
    return new Profile.OfColumn(
        asked.column(),
        rows - present,
        Math.min(present, statistics.number(asked.distinct())),
        shown(statistics, asked.min()),
        shown(statistics, asked.max()),
        asked.mean() < 0 ? OptionalDouble.empty() : statistics.decimal(asked.mean()),
        texts(statistics, asked.quantiles()),
        top,
        lengths(asked, statistics),
        looksLike(asked, statistics));
  }

  private static Optional<Profile.Lengths> lengths(ColumnQuestions asked, Pass statistics) {
    if (asked.lengths().isEmpty() || statistics.value(asked.lengths().getFirst()) == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Profile.Lengths(
            statistics.number(asked.lengths().get(0)),
            statistics.number(asked.lengths().get(1)),
            statistics.decimal(asked.lengths().get(2)).orElse(0)));
  }

  private static Optional<Profile.Likeness> looksLike(ColumnQuestions asked, Pass statistics) {
    long judged = statistics.number(asked.filled());
    Optional<Profile.Likeness> best = Optional.empty();
    for (int i = 0; i < asked.forms().size(); i++) {
      long matching = statistics.number(asked.forms().get(i));
      boolean better = matching > best.map(Profile.Likeness::matching).orElse(0L);
      if (better && matching >= ALIKE * judged) {
        TextForm form =
            asked
                .likely()
                .get(i)
                .sized(statistics.number(asked.whole()), statistics.number(asked.fraction()));
        best = Optional.of(new Profile.Likeness(form.type(), form.cast(), matching, judged));
      }
    }
    return best;
  }

  private static String equal(ColumnQuestions asked, String value) {
    Column column = asked.column();
    return "this."
        + Identifiers.quote(column.name())
        + " = CAST("
        + Identifiers.literal(value)
        + " AS "
        + column.type().sql()
        + ")";
  }

  /// The values worth counting: none of a column whose values hardly ever repeat.
  private static List<String> top(ColumnQuestions asked, Pass statistics) {
    long present = statistics.number(asked.present());
    boolean repeats = present <= FEW_ROWS || statistics.number(asked.distinct()) <= present / 2;
    return repeats ? texts(statistics, asked.top()).stream().limit(TOP).toList() : List.of();
  }

  private static Optional<String> shown(Pass statistics, int question) {
    Object value = question < 0 ? null : statistics.value(question);
    return value == null ? Optional.empty() : Optional.of(value.toString());
  }

  private static List<String> texts(Pass statistics, int question) {
    if (question < 0 || !(statistics.value(question) instanceof List<?> list)) {
      return List.of();
    }
    return list.stream().filter(value -> value != null).map(Object::toString).toList();
  }
}
