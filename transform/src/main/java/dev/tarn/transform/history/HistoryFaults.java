package dev.tarn.transform.history;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Finds rows of a query that no history can take: without a key or a time, or several where one
/// was to be.
final class HistoryFaults {
  private static final int SAMPLES = 3;

  private final Scratch scratch;
  private final HistorySql statements;
  private final Optional<String> updatedAt;
  private final String come;

  HistoryFaults(Scratch scratch, HistorySql statements, Optional<String> updatedAt, String come) {
    this.scratch = scratch;
    this.statements = statements;
    this.updatedAt = updatedAt;
    this.come = come;
  }

  /// @throws Failure with all that is wrong
  void refuse() {
    List<Problem> problems = new ArrayList<>(missing());
    if (problems.isEmpty()) {
      problems.addAll(several());
    }
    if (!problems.isEmpty()) {
      throw new Failure(Remedy.FIX_DATA, problems);
    }
  }

  private List<Problem> missing() {
    List<String> columns = Stream.concat(statements.key().stream(), updatedAt.stream()).toList();
    List<Long> counts =
        scratch.numbers(
            columns.stream()
                .map(column -> "count(*) FILTER (" + Identifiers.quote(column) + " IS NULL)")
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + come)));
    return IntStream.range(0, columns.size())
        .filter(i -> counts.get(i) > 0)
        .mapToObj(i ->
            Problem.of(
                "%,d rows of the query have no %s (%s)"
                    .formatted(
                        counts.get(i),
                        columns.get(i),
                        i < statements.key().size() ? "key" : "updated_at"),
                "leave them out with WHERE, or put them in quarantine in a model that this one reads"))
        .toList();
  }

  private List<Problem> several() {
    List<String> columns = Stream.concat(statements.key().stream(), updatedAt.stream()).toList();
    String names = columns.stream().map(Identifiers::quote).collect(Collectors.joining(", "));
    String often = "SELECT %1$s FROM %2$s GROUP BY %1$s HAVING count(*) > 1".formatted(names, come);
    String sql =
        "SELECT %1$s FROM (SELECT DISTINCT c.* FROM %2$s AS c SEMI JOIN (%3$s) AS d USING (%1$s)) GROUP BY %1$s HAVING count(*) > 1 ORDER BY %1$s"
            .formatted(names, come, often);
    List<String> found =
        scratch.rows(sql, SAMPLES).stream()
            .map(row ->
                IntStream.range(0, columns.size())
                    .mapToObj(i -> columns.get(i) + " " + row.get(i))
                    .collect(Collectors.joining(", ")))
            .toList();
    if (found.isEmpty()) {
      return List.of();
    }
    String where = String.join("; ", found);
    return List.of(
        updatedAt.isPresent()
            ? Problem.of(
                "the query gives different rows of the same key and time: " + where,
                "let it choose one of them, such as with QUALIFY row_number() OVER (…) = 1")
            : Problem.of(
                "the query gives several rows of the same key: " + where,
                "say which is newer with updated_at: a column of time, or let the query choose one"));
  }
}
