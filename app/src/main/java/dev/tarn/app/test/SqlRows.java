package dev.tarn.app.test;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.quality.QuarantineTable;
import dev.tarn.sql.GuardSettings;
import dev.tarn.sql.Query;
import dev.tarn.sql.QueryGuard;
import dev.tarn.sql.SqlParser;
import dev.tarn.sql.TableReference;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.Suggestions;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Rows that SQL makes: guarded and bound as models are.
final class SqlRows {
  private final SqlParser parser;
  private final GuardSettings guard;

  SqlRows(SqlParser parser, GuardSettings guard) {
    this.parser = parser;
    this.guard = guard;
  }

  /// The columns of the query; empty with a problem when it is wrong.
  ///
  /// @param readable the tables it may read, which the session has exposed
  Optional<Schema> columns(
      WrittenRows.Asked asked, Set<TableName> readable, EngineSession session, Problems problems) {
    try (EngineConnection connection = session.connect()) {
      List<Problem> refused = asked.trusted() ? List.of() : refused(asked.sql(), readable);
      if (refused.isEmpty()) {
        return Optional.of(connection.describe(asked.sql()));
      }
      placed(refused, asked, problems);
    } catch (Failure failure) {
      placed(failure.problems(), asked, problems);
    }
    return Optional.empty();
  }

  private List<Problem> refused(String sql, Set<TableName> readable) {
    Query query = parser.parse(sql);
    List<Problem> refused = new ArrayList<>(QueryGuard.check(query, guard));
    for (TableReference reference : query.tables()) {
      if (reference.table().filter(readable::contains).isEmpty()) {
        refused.add(
            Problem.of(
                "'" + reference.name() + "' can't be read here",
                readable.isEmpty()
                    ? "rows that are given come from no table: write SELECT … or VALUES …"
                    : Suggestions.didYouMean(
                        reference.name(), readable.stream().map(TableName::toString).toList())));
      }
    }
    return refused;
  }

  /// How YAML laid out the text is not known, so the problem is at its beginning.
  private static void placed(List<Problem> found, WrittenRows.Asked asked, Problems problems) {
    found.forEach(problem -> problems.add(asked.at(), problem.what(), problem.fix()));
  }

  /// Whether the table has all columns that the query makes.
  static boolean columnsExist(
      WrittenRows.Asked asked, TableName table, Schema made, Schema schema, Problems problems) {
    List<Column> unknown =
        made.columns().stream().filter(one -> schema.column(one.name()).isEmpty()).toList();
    unknown.forEach(column ->
        problems.add(
            asked.at(),
            "unknown column '" + column.name() + "' in " + table,
            Suggestions.didYouMean(column.name(), schema.names())));
    return unknown.isEmpty();
  }

  /// The query with all columns of a table, those it does not make being NULL.
  static String filled(String sql, Schema made, Schema schema) {
    return schema.columns().stream()
        .map(column ->
            made.column(column.name()).isPresent()
                ? Identifiers.quote(column.name())
                : "NULL AS " + Identifiers.quote(column.name()))
        .collect(Collectors.joining(", ", "SELECT ", " FROM (\n" + sql + "\n)"));
  }

  static Schema quarantine(Schema table) {
    return QuarantineTable.of(table).schema();
  }
}
