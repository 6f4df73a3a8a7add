package dev.tarn.quality;

import dev.tarn.engine.EngineConnection;
import dev.tarn.sql.Query;
import dev.tarn.sql.SqlParser;
import dev.tarn.sql.TableReference;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.Suggestions;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// Whether the SQL of a check is one query over tables there are, may run, and returns what it is
/// judged by.
final class QueryRules {
  private static final String THIS = "this";
  private static final String CONDITION = "SELECT (";
  private static final String ARGUMENT = "SELECT coalesce((";
  private static final String FILTER = "SELECT 1 FROM this WHERE (";

  private final SqlParser parser;
  private final Function<Query, List<Problem>> guard;
  private final EngineConnection connection;
  private final TableName own;
  private final KnownTables others;
  private final Problems problems;

  QueryRules(
      SqlParser parser,
      Function<Query, List<Problem>> guard,
      EngineConnection connection,
      TableName own,
      KnownTables others,
      Problems problems) {
    this.parser = parser;
    this.guard = guard;
    this.connection = connection;
    this.own = own;
    this.others = others;
    this.problems = problems;
  }

  /// A condition over one row. It is parsed as an argument first, where no text fits that reaches
  /// beyond its brackets.
  void condition(SqlAt where, Subject subject) {
    connection.execute(This.view(subject, "true"));
    boolean closed =
        collect(
            where, ARGUMENT.length(), () -> parser.parse(ARGUMENT + where.text() + "\n), false)"));
    boolean bound = closed && collect(where, CONDITION.length(), () -> type(where));
    if (bound) {
      String filter = FILTER + where.text() + "\n)";
      collect(where, FILTER.length(), () -> connection.describe(filter));
    }
  }

  private void type(SqlAt where) {
    Query query = parser.parse(CONDITION + where.text() + "\n) FROM this");
    if (refused(query, where, CONDITION.length())) {
      return;
    }
    Type type = connection.describe(query.text()).columns().getFirst().type();
    if (type != Type.Primitive.BOOLEAN) {
      problems.add(
          where.at(),
          "'where' is " + type.sql() + ", not true or false",
          "write a condition, such as  status <> 'test'");
    }
  }

  /// A whole query; for quarantine it must return rows of `this` with all their columns.
  void query(SqlAt sql, Subject subject, boolean wholeRows) {
    if (sql.text().toLowerCase(Locale.ROOT).contains(Subject.ROW)) {
      problems.add(sql.at(), "'" + Subject.ROW + "' is Tarn's own", "give the column another name");
      return;
    }
    connection.execute(This.view(subject, "true"));
    collect(sql, 0, () -> result(sql, wholeRows));
  }

  private void result(SqlAt sql, boolean wholeRows) {
    if (refused(parser.parse(sql.text()), sql, 0)) {
      return;
    }
    Schema returned = connection.describe(sql.text());
    if (wholeRows && returned.column(Subject.ROW).isEmpty()) {
      problems.add(
          sql.at(),
          "to quarantine rows, the query must return whole rows of this",
          "begin it with  SELECT this.* FROM this …, or use on_fail: block or warn");
    }
  }

  /// Whether the query reads what there is not, or does what it must not.
  private boolean refused(Query query, SqlAt sql, int before) {
    List<Problem> found = new ArrayList<>(guard.apply(query));
    if (found.isEmpty()) {
      query.tables().stream()
          .filter(reference -> !isKnown(reference))
          .forEach(reference -> found.add(unknown(reference)));
    }
    found.forEach(problem -> add(sql, problem, before));
    return !found.isEmpty();
  }

  private boolean isKnown(TableReference reference) {
    return reference.path().size() == 1
        ? reference.name().equalsIgnoreCase(THIS)
        : reference.table().filter(this::isKnown).isPresent();
  }

  private boolean isKnown(TableName table) {
    return table.equals(own) || others.names().contains(table);
  }

  private Problem unknown(TableReference reference) {
    List<String> names = new ArrayList<>(List.of(THIS));
    others.names().stream().map(TableName::toString).sorted().forEach(names::add);
    String fix = Suggestions.didYouMean(reference.name(), names);
    return Problem.at(reference.at(), "unknown table '" + reference.name() + "'", fix);
  }

  /// Whether the work went well.
  private boolean collect(SqlAt sql, int before, Runnable work) {
    try {
      work.run();
      return true;
    } catch (Failure wrong) {
      wrong.problems().forEach(problem -> add(sql, problem, before));
      return false;
    }
  }

  /// Moves a place within the query to its place in the settings.
  private void add(SqlAt sql, Problem problem, int before) {
    Location at =
        problem
            .where()
            .map(where ->
                new Location(
                    where.file(),
                    where.line(),
                    where.line() == 1 ? Math.max(1, where.column() - before) : where.column()))
            .map(sql::place)
            .orElse(sql.at());
    problems.add(at, problem.what(), problem.fix());
  }
}
