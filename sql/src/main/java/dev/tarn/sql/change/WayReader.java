package dev.tarn.sql.change;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tarn.sql.Query;
import dev.tarn.sql.tree.Expression;
import dev.tarn.sql.tree.Modifier;
import dev.tarn.sql.tree.QueryBody;
import dev.tarn.sql.tree.Relation;
import dev.tarn.sql.tree.SqlNode;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Finds the way of a change from one place, at which a table is read, to the query's result.
///
/// @param query without common tables and views
final class WayReader {
  private final Query query;
  private final Snippets snippets;
  private final Function<TableName, Optional<Schema>> schemas;
  private final Relation.Table place;

  WayReader(
      Query query,
      Snippets snippets,
      Function<TableName, Optional<Schema>> schemas,
      Relation.Table place) {
    this.query = query;
    this.snippets = snippets;
    this.schemas = schemas;
    this.place = place;
  }

  /// @throws Blocked when there is none
  Way read() {
    if (place.at().isPresent()) {
      throw new Blocked(place.name() + " AT …: a version of its own is read");
    }
    return body(query.body());
  }

  /// Whether the place is somewhere in a part of the query.
  boolean leads(SqlNode node) {
    return node.origin().json() == place.origin().json()
        || node.children().stream().anyMatch(this::leads);
  }

  Way body(QueryBody body) {
    return switch (body) {
      case QueryBody.Select select -> select(select);
      case QueryBody.SetOperation operation -> operation(operation);
      case QueryBody.Recursive _ -> throw new Blocked("WITH RECURSIVE");
    };
  }

  private Way operation(QueryBody.SetOperation operation) {
    refuseLimit(operation);
    QueryBody part =
        operation.parts().stream()
            .filter(this::leads)
            .findFirst()
            .orElseThrow(() -> new Blocked("a query in ORDER BY"));
    Way way = body(part);
    boolean union = operation.kind().startsWith("UNION");
    if (union && operation.all()) {
      return new UnionWay(operation, part, way);
    }
    if (operation.kind().endsWith("BY_NAME")) {
      throw new Blocked("UNION BY NAME without ALL: rows are compared under other columns");
    }
    return new SetWay(operation, way);
  }

  private void refuseLimit(QueryBody body) {
    for (Modifier modifier : body.modifiers()) {
      if (modifier instanceof Modifier.Limit) {
        throw new Blocked("LIMIT: any row can move another in or out");
      }
    }
  }

  private Way select(QueryBody.Select select) {
    refuseLimit(select);
    Core core = core(select);
    Optional<Keys> keys = new KeyReader(query, snippets, schemas, select).read();
    if (keys.isPresent()) {
      return new GroupsWay(select, core, keys.get().parts(), keys.get().named());
    }
    return new RowsWay(select, core, handed(select, core));
  }

  private Optional<Way.Keyed> handed(QueryBody.Select select, Core core) {
    if (core.touch().isPresent() || !(core.source() instanceof Relation.Subquery source)) {
      return Optional.empty();
    }
    Optional<Way.Keyed> inner = source.columns().isEmpty() ? core.way().keyed() : Optional.empty();
    return inner.flatMap(keyed ->
        new ResultNames(snippets, select)
            .of(source.alias(), keyed.columns())
            .map(columns -> new RowsWay.Handed(keyed, columns)));
  }

  /// The key of a SELECT's groups.
  record Keys(List<JsonNode> parts, Optional<List<String>> named) {}

  private Core core(QueryBody.Select select) {
    if (leads(select.from())) {
      return new JoinPath(this, select).core();
    }
    List<Expression> holders = new ArrayList<>(select.items());
    select.where().ifPresent(holders::add);
    for (Expression holder : holders) {
      if (leads(holder)) {
        return inExpression(select, holder);
      }
    }
    throw new Blocked("a query in GROUP BY, HAVING, QUALIFY or ORDER BY");
  }

  private Core inExpression(QueryBody.Select select, Expression holder) {
    Expression.Subquery subquery = subquery(holder);
    if (!(subquery.body() instanceof QueryBody.Select inner) || !leads(inner.from())) {
      throw new Blocked("a set operation, or a query in a query, within an expression");
    }
    Core core = new JoinPath(this, inner).core();
    if (core.touch().isPresent()) {
      throw new Blocked("an outer join in a query within an expression");
    }
    boolean rows = new KeyReader(query, snippets, schemas, inner).plain();
    boolean limited = inner.modifiers().stream().anyMatch(Modifier.Limit.class::isInstance);
    Touch touch =
        subquery.kind().equals("ANY") && rows && !limited
            ? new Touch.Compares(subquery)
            : new Touch.Yields(inner);
    return new Core(select, core.source(), core.way(), Optional.of(touch));
  }

  /// The outermost query on the way to the place.
  private Expression.Subquery subquery(SqlNode node) {
    return node.children().stream()
        .filter(this::leads)
        .findFirst()
        .map(child ->
            node instanceof Expression.Subquery found ? own(found, child) : subquery(child))
        .orElseThrow(() -> new Blocked("a query in an expression"));
  }

  private Expression.Subquery own(Expression.Subquery found, SqlNode child) {
    return child instanceof QueryBody ? found : subquery(child);
  }
}
