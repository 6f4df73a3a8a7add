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
import java.util.stream.Stream;

/// Finds the way of a change from one place, at which a table is read, to the query's result.
///
/// @param query without common tables and views
final class WayReader {
  private final Query query;
  private final Snippets snippets;
  private final Function<TableName, Optional<Schema>> schemas;
  private final Relation.Table place;
  private final Names names;

  WayReader(
      Query query,
      Snippets snippets,
      Function<TableName, Optional<Schema>> schemas,
      Relation.Table place) {
    this.query = query;
    this.snippets = snippets;
    this.schemas = schemas;
    this.place = place;
    this.names = new Names(query, schemas);
  }

  Names names() {
    return names;
  }

  Snippets snippets() {
    return snippets;
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
    refuseOuterAggregates(select);
    Optional<Keys> keys = new KeyReader(query, snippets, schemas, select).read();
    if (keys.isPresent()) {
      return new GroupsWay(select, core, keys.get());
    }
    return new RowsWay(select, core, handed(select, core));
  }

  private Optional<Way.Keyed> handed(QueryBody.Select select, Core core) {
    if (core.touch().isPresent()
        || !(core.reached().source() instanceof Relation.Subquery source)) {
      return Optional.empty();
    }
    Optional<Way.Keyed> inner =
        source.columns().isEmpty() ? core.reached().way().keyed() : Optional.empty();
    return inner.flatMap(keyed ->
        new ResultNames(snippets, select)
            .of(source.alias(), keyed.columns())
            .map(columns -> new RowsWay.Handed(keyed, columns)));
  }

  /// `(SELECT sum(t.a))` is an aggregate over the rows of the query around it, when `t` is there.
  private void refuseOuterAggregates(QueryBody.Select select) {
    queries(select)
        .forEach(body -> {
          List<Expression.ColumnRef> free = names.free(body);
          aggregates(body)
              .filter(call -> columns(call).findAny().isPresent())
              .filter(call -> columns(call).allMatch(column -> among(free, column)))
              .findFirst()
              .ifPresent(call -> {
                throw new Blocked(
                    snippets.expression(call) + ": an aggregate of columns around its query");
              });
        });
  }

  private static boolean among(List<Expression.ColumnRef> free, SqlNode column) {
    return free.stream().anyMatch(one -> one.origin().json() == column.origin().json());
  }

  private static Stream<QueryBody> queries(SqlNode node) {
    return node.children().stream()
        .flatMap(child ->
            child instanceof QueryBody body && !(node instanceof QueryBody)
                ? Stream.of(body)
                : queries(child));
  }

  private static Stream<Expression.FunctionCall> aggregates(SqlNode node) {
    Stream<Expression.FunctionCall> below = node.children().stream().flatMap(WayReader::aggregates);
    return node instanceof Expression.FunctionCall call && Query.aggregates(call)
        ? Stream.concat(Stream.of(call), below)
        : below;
  }

  private static Stream<SqlNode> columns(SqlNode node) {
    return Stream.concat(
        Stream.of(node).filter(Expression.ColumnRef.class::isInstance),
        node.children().stream().flatMap(WayReader::columns));
  }

  /// The key of a SELECT's groups.
  ///
  /// @param where WHERE without the names that SELECT gives
  record Keys(List<JsonNode> parts, Optional<List<String>> named, Edits where) {}

  private Core core(QueryBody.Select select) {
    return new Core(select, reached(select));
  }

  private Reached reached(QueryBody.Select select) {
    if (leads(select.from())) {
      return new JoinPath(this, select).reached();
    }
    List<Expression> holders = new ArrayList<>(select.items());
    select.where().ifPresent(holders::add);
    for (Expression holder : holders) {
      if (leads(holder)) {
        return inExpression(select, subquery(holder));
      }
    }
    throw new Blocked("a query in GROUP BY, HAVING, QUALIFY or ORDER BY");
  }

  private Reached inExpression(QueryBody.Select select, Expression.Subquery subquery) {
    refuseAliases(select, subquery);
    Reached inside = inside(subquery.body());
    boolean compared =
        subquery.kind().equals("ANY")
            && inside.touch().filter(Touch.Yields.class::isInstance).isPresent()
            && subquery.operand().stream().noneMatch(operand -> namesItem(select, operand))
            && rowByRow(subquery.body());
    return compared ? inside.touching(new Touch.Compares(subquery)) : inside;
  }

  /// Whether a query yields a row for each row of its FROM, which the place decides directly.
  private boolean rowByRow(QueryBody body) {
    if (body instanceof QueryBody.Select select) {
      refuseOuterAggregates(select);
    }
    return body instanceof QueryBody.Select inner
        && leads(inner.from())
        && new JoinPath(this, inner).reached().touch().isEmpty()
        && new KeyReader(query, snippets, schemas, inner).plain()
        && inner.modifiers().stream().noneMatch(Modifier.Limit.class::isInstance);
  }

  /// How a change shows in what a query gives for a row around it.
  Reached inside(QueryBody body) {
    return switch (body) {
      case QueryBody.Select select -> {
        Reached reached = reached(select);
        Edits where = new KeyReader(query, snippets, schemas, select).where();
        yield reached.touching(new Touch.Yields(select, where, reached.touch()));
      }
      case QueryBody.SetOperation operation ->
          inside(
              operation.parts().stream()
                  .filter(this::leads)
                  .findFirst()
                  .orElseThrow(() -> new Blocked("a query in ORDER BY")));
      case QueryBody.Recursive _ -> throw new Blocked("WITH RECURSIVE");
    };
  }

  /// The condition that stands for a query in WHERE can't use the names that SELECT gives.
  private void refuseAliases(QueryBody.Select select, Expression.Subquery subquery) {
    names.free(subquery.body()).stream()
        .filter(column -> namesItem(select, column))
        .findFirst()
        .ifPresent(column -> {
          throw new Blocked(column.path().getFirst() + ": a name of SELECT in a query within it");
        });
  }

  /// Whether an expression uses a name that SELECT gives.
  private boolean namesItem(QueryBody.Select select, SqlNode node) {
    if (node instanceof Expression.ColumnRef column) {
      String name = Names.lower(column.path().getFirst());
      return select.items().stream().anyMatch(item -> Names.lower(item.alias()).equals(name))
          && !names.inReach(select.from()).contains(name);
    }
    return !(node instanceof QueryBody)
        && node.children().stream().anyMatch(child -> namesItem(select, child));
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
