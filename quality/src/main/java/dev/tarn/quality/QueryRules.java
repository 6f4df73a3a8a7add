package dev.tarn.quality;

import dev.tarn.engine.EngineConnection;
import dev.tarn.sql.Query;
import dev.tarn.sql.SqlParser;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.Type;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// Whether the SQL of a check is one query over tables there are, may run, and returns what it is
/// judged by.
final class QueryRules {
  private static final String CONDITION = "SELECT (";
  private static final String FILTER = "SELECT 1 FROM this WHERE (";

  private final SqlParser parser;
  private final Function<Query, List<Problem>> guard;
  private final EngineConnection connection;
  private final Problems problems;

  QueryRules(
      SqlParser parser,
      Function<Query, List<Problem>> guard,
      EngineConnection connection,
      Problems problems) {
    this.parser = parser;
    this.guard = guard;
    this.connection = connection;
    this.problems = problems;
  }

  /// A condition over one row. It is parsed in two places of a query that no text fits but a
  /// condition, so that none reaches beyond its brackets.
  void condition(SqlAt where, Subject subject) {
    connection.execute(This.view(subject, "true"));
    collect(
        where,
        CONDITION.length(),
        () -> {
          parser.parse(CONDITION + where.text() + "\n), 1 FROM this");
          Query query = parser.parse(CONDITION + where.text() + "\n) FROM this");
          guard.apply(query).forEach(problem -> add(where, problem, CONDITION.length()));
          Type type = connection.describe(query.text()).columns().getFirst().type();
          if (type != Type.Primitive.BOOLEAN) {
            problems.add(
                where.at(),
                "'where' is " + type.sql() + ", not true or false",
                "write a condition, such as  status <> 'test'");
          }
        });
    collect(
        where,
        FILTER.length(),
        () -> {
          connection.describe(FILTER + where.text() + "\n)");
        });
  }

  /// A whole query; for quarantine it must return rows of `this` with all their columns.
  void query(SqlAt sql, Subject subject, boolean wholeRows) {
    if (sql.text().toLowerCase(Locale.ROOT).contains(Subject.ROW)) {
      problems.add(sql.at(), "'" + Subject.ROW + "' is Tarn's own", "give the column another name");
      return;
    }
    connection.execute(This.view(subject, "true"));
    collect(
        sql,
        0,
        () -> {
          Query query = parser.parse(sql.text());
          guard.apply(query).forEach(problem -> add(sql, problem, 0));
          Schema returned = connection.describe("SELECT * FROM (" + sql.text() + "\n)");
          if (wholeRows && returned.column(Subject.ROW).isEmpty()) {
            problems.add(
                sql.at(),
                "to quarantine rows, the query must return whole rows of this",
                "begin it with  SELECT this.* FROM this …, or use on_fail: block or warn");
          }
        });
  }

  private void collect(SqlAt sql, int before, Runnable work) {
    try {
      work.run();
    } catch (Failure wrong) {
      wrong.problems().forEach(problem -> add(sql, problem, before));
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
