package dev.tarn.transform.incremental;

import dev.tarn.sql.Query;
import dev.tarn.sql.SqlParser;
import dev.tarn.sql.change.Obstacle;
import dev.tarn.sql.change.QueryChange;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// What of a project is needed to understand how changes reach a model's result.
///
/// @param views the query of a view
/// @param schemas the columns of a table
public record Followable(
    SqlParser parser,
    Function<TableName, Optional<Query>> views,
    Function<TableName, Optional<Schema>> schemas) {

  /// How a change of some tables reaches a query's result.
  public QueryChange.Answer of(Query query, Set<TableName> changed) {
    return QueryChange.of(parser, query, changed, views, schemas);
  }

  /// What keeps a query from being refreshed by the changes of any table that it reads.
  public Optional<String> obstacle(Query query) {
    return switch (of(query, tables(query))) {
      case QueryChange.Followed _ -> Optional.empty();
      case QueryChange.Stopped(Obstacle obstacle) -> Optional.of(obstacle.what());
    };
  }

  /// The stored tables that a query reads, through views.
  public Set<TableName> tables(Query query) {
    Set<TableName> tables = new TreeSet<>();
    query.tables().stream()
        .flatMap(reference -> reference.table().stream())
        .forEach(table ->
            views
                .apply(table)
                .ifPresentOrElse(view -> tables.addAll(tables(view)), () -> tables.add(table)));
    return tables;
  }
}
