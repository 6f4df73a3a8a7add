package dev.tarn.sql;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.util.Optional;
import java.util.function.Function;

/// One tracing of one query: what its parts share, and the parts.
final class LineageWalk {

  /// Recursive queries inside recursive ones are traced many times; beyond this a query is refused.
  private static final int MOST_BODIES = 60_000;

  private final Function<TableName, Optional<Schema>> schemas;
  private int bodiesTraced;
  private final Query query;
  private final ExpressionLineage expressions = new ExpressionLineage(this);
  private final StarLineage stars = new StarLineage(this);
  private final ItemLineage items = new ItemLineage(this);
  private final RelationLineage relations = new RelationLineage(this);
  private final PivotLineage pivots = new PivotLineage(this);
  private final BodyLineage bodies = new BodyLineage(this);

  LineageWalk(Query query, Function<TableName, Optional<Schema>> schemas) {
    this.query = query;
    this.schemas = schemas;
  }

  Outputs trace() {
    return bodies.outputs(query.body(), Scope.outermost());
  }

  /// Counts one more query body that is traced.
  void countBody() {
    if (++bodiesTraced > MOST_BODIES) {
      throw Failure.input(
          "this query is too intricate to tell where its columns come from",
          "split it into several models");
    }
  }

  Query query() {
    return query;
  }

  Optional<Schema> schema(TableName table) {
    return schemas.apply(table);
  }

  ExpressionLineage expressions() {
    return expressions;
  }

  StarLineage stars() {
    return stars;
  }

  ItemLineage items() {
    return items;
  }

  RelationLineage relations() {
    return relations;
  }

  PivotLineage pivots() {
    return pivots;
  }

  BodyLineage bodies() {
    return bodies;
  }
}
