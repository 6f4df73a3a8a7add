package dev.tarn.sql.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tarn.sql.Query;
import dev.tarn.sql.SqlParser;
import dev.tarn.sql.TableReference;
import dev.tarn.sql.tree.CommonTable;
import dev.tarn.sql.tree.Expression;
import dev.tarn.sql.tree.QueryBody;
import dev.tarn.sql.tree.Relation;
import dev.tarn.sql.tree.SqlNode;
import dev.tarn.vocabulary.TableName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Puts common tables and views where they are read, so that each place at which a stored table is
/// read stands in the tree once. A common table read twice then stands there twice.
final class Inliner {
  private static final int LARGEST = 400_000;

  private final SqlParser parser;
  private final Function<TableName, Optional<Query>> views;

  Inliner(SqlParser parser, Function<TableName, Optional<Query>> views) {
    this.parser = parser;
    this.views = views;
  }

  private final Set<TableName> read = new HashSet<>();
  private final Set<String> given = new HashSet<>();

  private record Definition(JsonNode body, List<String> columns) {}

  /// @throws Blocked for recursive queries, and where the whole gets too large
  Query inlined(Query query) {
    collect(query);
    String sql = parser.renderBody(body(query.body(), Map.of()));
    if (sql.length() > LARGEST) {
      throw new Blocked("the query is too large with its common tables written out");
    }
    return parser.parse(sql);
  }

  /// Notes all tables that are read, also through views, and all names that relations are given.
  private void collect(Query query) {
    query
        .nodes()
        .filter(Relation.class::isInstance)
        .forEach(relation -> given.add(((Relation) relation).alias().toLowerCase(Locale.ROOT)));
    query.tables().stream()
        .flatMap(reference -> reference.table().stream())
        .filter(read::add)
        .forEach(table -> views.apply(table).ifPresent(this::collect));
  }

  private JsonNode body(QueryBody body, Map<String, Definition> outer) {
    if (body instanceof QueryBody.Recursive) {
      throw new Blocked("WITH RECURSIVE: any row can lead to any other");
    }
    Map<String, Definition> names = new HashMap<>(outer);
    for (CommonTable table : body.commonTables()) {
      names.put(
          table.name().toLowerCase(Locale.ROOT),
          new Definition(body(table.body(), Map.copyOf(names)), table.columns()));
    }
    Edits edits = Edits.none();
    body.children().forEach(child -> visit(child, Map.copyOf(names), edits));
    edits.with(
        body,
        copy -> {
          ((ObjectNode) copy.path("cte_map")).putArray("map");
          return copy;
        });
    return edits.applied(body);
  }

  private void visit(SqlNode node, Map<String, Definition> names, Edits edits) {
    switch (node) {
      case QueryBody body -> {
        JsonNode inner = body(body, names);
        edits.with(body, _ -> (ObjectNode) inner);
      }
      case Relation.Table table ->
          definition(table, names)
              .ifPresentOrElse(
                  definition -> edits.with(table, copy -> subquery(table, definition, copy)),
                  () -> children(table, names, edits));
      case CommonTable _ -> {}
      case Expression.ColumnRef column -> edits.with(column, copy -> shorter(column, copy));
      case SqlNode other -> children(other, names, edits);
    }
  }

  /// `silver.orders.id` is `orders.id`, so that other rows can be read under that name.
  private ObjectNode shorter(Expression.ColumnRef column, ObjectNode copy) {
    List<String> path = column.path();
    if (path.size() > 2 && read.contains(new TableName(path.get(0), path.get(1)))) {
      String name = path.get(1).toLowerCase(Locale.ROOT);
      if (given.contains(name)
          || read.stream().filter(one -> one.name().equals(name)).count() > 1) {
        throw new Blocked(String.join(".", path) + ": another relation is called " + name + " too");
      }
      ((ArrayNode) copy.path("column_names")).remove(0);
    }
    return copy;
  }

  private void children(SqlNode node, Map<String, Definition> names, Edits edits) {
    node.children().forEach(child -> visit(child, names, edits));
  }

  private Optional<Definition> definition(Relation.Table table, Map<String, Definition> names) {
    String name = String.join(".", table.path()).toLowerCase(Locale.ROOT);
    return Optional.ofNullable(names.get(name))
        .or(() ->
            new TableReference(table.path(), dev.tarn.vocabulary.Location.file(""))
                .table()
                .flatMap(views)
                .map(view -> refuseVersion(table, view))
                .map(view -> new Definition(body(view.body(), Map.of()), List.of())));
  }

  private static Query refuseVersion(Relation.Table table, Query view) {
    if (table.at().isPresent()) {
      throw new Blocked(table.name() + " AT …: a version of a view");
    }
    return view;
  }

  private ObjectNode subquery(Relation.Table table, Definition definition, ObjectNode copy) {
    ObjectNode subquery =
        parser
            .parse("SELECT 1 FROM (SELECT 1) AS a")
            .body()
            .origin()
            .json()
            .path("from_table")
            .deepCopy();
    ((ObjectNode) subquery.path("subquery")).set("node", definition.body().deepCopy());
    subquery.put("alias", table.alias().isEmpty() ? table.name() : table.alias());
    subquery.set("sample", copy.path("sample"));
    ArrayNode columns = JsonNodeFactory.instance.arrayNode();
    List<String> own = definition.columns();
    table.columns().forEach(columns::add);
    own.stream().skip(table.columns().size()).forEach(columns::add);
    subquery.set("column_name_alias", columns);
    return subquery;
  }
}
