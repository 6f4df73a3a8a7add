package dev.tarn.sql.change;

import dev.tarn.sql.Query;
import dev.tarn.sql.tree.Expression;
import dev.tarn.sql.tree.QueryBody;
import dev.tarn.sql.tree.Relation;
import dev.tarn.sql.tree.SqlNode;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// What names stand for: which relation a column is of, and which names of a query are those of a
/// query around it.
record Names(Query query, Function<TableName, Optional<Schema>> schemas) {

  static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /// The columns that a part of FROM puts in reach.
  ///
  /// @throws Blocked when they are not known
  Set<String> columns(Relation relation) {
    return query
        .columnsOf(relation, schemas)
        .orElseThrow(() -> new Blocked("the columns of a table that it reads are not known"));
  }

  /// The relations that a FROM sets side by side.
  static List<Relation> leaves(Relation relation) {
    return switch (relation) {
      case Relation.Join join ->
          Stream.concat(leaves(join.left()).stream(), leaves(join.right()).stream()).toList();
      case Relation other -> List.of(other);
    };
  }

  /// The name by which columns of a relation are qualified; empty when it has none.
  static String alias(Relation relation) {
    return switch (relation) {
      case Relation.Table table when table.alias().isEmpty() -> table.name();
      case Relation.TableFunction function when function.alias().isEmpty() ->
          function.call().name();
      case Relation.Pivot pivot when pivot.alias().isEmpty() -> alias(pivot.source());
      case Relation other -> other.alias();
    };
  }

  /// The one relation within a part of FROM that an unqualified column is of; empty where it is of
  /// none, or of several that USING made one.
  Optional<Relation> owner(String column, Relation within) {
    List<Relation> owners =
        leaves(within).stream().filter(leaf -> columns(leaf).contains(lower(column))).toList();
    return owners.size() == 1 ? Optional.of(owners.getFirst()) : Optional.empty();
  }

  /// The columns named in a query that are of relations around it.
  List<Expression.ColumnRef> free(QueryBody body) {
    List<Expression.ColumnRef> free = new ArrayList<>();
    visit(body, Set.of(), free);
    Set<String> own = relations(body);
    Set<String> others = relations(query.body());
    others.removeAll(own);
    fields(body)
        .filter(column -> others.contains(lower(column.path().getFirst())))
        .filter(column -> free.stream().noneMatch(one -> one == column))
        .forEach(free::add);
    return free;
  }

  /// Whether a relation is called so, anywhere in the query.
  boolean calls(String name) {
    return relations(query.body()).contains(name);
  }

  /// `a.b` may be a field of a column here, or a column of a relation around the query.
  private static Stream<Expression.ColumnRef> fields(SqlNode node) {
    return node instanceof Expression.ColumnRef column
        ? Stream.of(column).filter(one -> one.path().size() > 1)
        : node.children().stream().flatMap(Names::fields);
  }

  private static Set<String> relations(SqlNode node) {
    Set<String> names = new HashSet<>();
    relations(node, names);
    return names;
  }

  private static void relations(SqlNode node, Set<String> names) {
    if (node instanceof Relation relation) {
      names.add(lower(alias(relation)));
    }
    node.children().forEach(child -> relations(child, names));
  }

  private void visit(SqlNode node, Set<String> bound, List<Expression.ColumnRef> free) {
    switch (node) {
      case QueryBody.Select select -> select(select, bound, free);
      case Expression.ColumnRef column -> {
        if (!bound.contains(lower(column.path().getFirst()))) {
          free.add(column);
        }
      }
      case Expression.Lambda lambda -> {
        Set<String> more = new HashSet<>(bound);
        parameters(lambda).forEach(more::add);
        lambda.children().forEach(child -> visit(child, more, free));
      }
      case SqlNode other -> other.children().forEach(child -> visit(child, bound, free));
    }
  }

  private void select(QueryBody.Select select, Set<String> outer, List<Expression.ColumnRef> free) {
    Set<String> bound = new HashSet<>(outer);
    bound.addAll(inReach(select.from()));
    select.items().stream()
        .filter(item -> !item.alias().isEmpty())
        .forEach(item -> bound.add(lower(item.alias())));
    List<SqlNode> others = new ArrayList<>(select.children());
    others.remove(select.from());
    others.forEach(child -> visit(child, bound, free));
    relation(select.from(), outer, bound, free);
  }

  /// Queries and functions in FROM see what stands on their left, the other parts all of it.
  private void relation(
      Relation relation, Set<String> left, Set<String> all, List<Expression.ColumnRef> free) {
    switch (relation) {
      case Relation.Join join -> {
        relation(join.left(), left, all, free);
        Set<String> further = new HashSet<>(left);
        further.addAll(inReach(join.left()));
        relation(join.right(), further, all, free);
        join.condition().ifPresent(condition -> visit(condition, all, free));
      }
      case Relation.Pivot pivot -> {
        Set<String> own = new HashSet<>(all);
        own.addAll(inReach(pivot.source()));
        relation(pivot.source(), left, own, free);
        pivot.children().stream()
            .filter(child -> child.origin().json() != pivot.source().origin().json())
            .forEach(child -> visit(child, own, free));
      }
      case Relation other -> other.children().forEach(child -> visit(child, left, free));
    }
  }

  /// Refuses a name that SELECT gives and HAVING or QUALIFY uses, where a column around its query
  /// has it too: the engine takes that column, as soon as a common table stands where it is read.
  void refuseNamesAround(QueryBody body) {
    around(body, Set.of());
  }

  private void around(SqlNode node, Set<String> around) {
    switch (node) {
      case QueryBody.Select select -> {
        Set<String> own = inReach(select.from());
        Set<String> given = new HashSet<>();
        select.items().forEach(item -> given.add(lower(item.alias())));
        given.removeAll(own);
        given.retainAll(around);
        Set<String> all = new HashSet<>(around);
        all.addAll(own);
        for (SqlNode child : select.children()) {
          if (child.origin().json() != select.from().origin().json()) {
            around(child, all);
          }
        }
        select.having().ifPresent(having -> refuseUsed(having, given));
        select.qualify().ifPresent(qualify -> refuseUsed(qualify, given));
        aroundRelation(select.from(), around);
      }
      case SqlNode other -> other.children().forEach(child -> around(child, around));
    }
  }

  private void aroundRelation(Relation relation, Set<String> around) {
    if (relation instanceof Relation.Join join) {
      aroundRelation(join.left(), around);
      Set<String> more = new HashSet<>(around);
      more.addAll(inReach(join.left()));
      aroundRelation(join.right(), more);
      more.addAll(inReach(join.right()));
      join.condition().ifPresent(condition -> around(condition, more));
    } else {
      relation.children().forEach(child -> around(child, around));
    }
  }

  private static void refuseUsed(SqlNode node, Set<String> given) {
    if (node instanceof Expression.ColumnRef column
        && given.contains(lower(column.path().getFirst()))) {
      throw new Blocked(
          column.path().getFirst() + ": a name of SELECT, and of a column around the query");
    }
    if (!(node instanceof QueryBody)) {
      node.children().forEach(child -> refuseUsed(child, given));
    }
  }

  /// The names of the relations and columns of a FROM, and of the layers of its tables.
  Set<String> inReach(Relation from) {
    Set<String> names = new HashSet<>(columns(from));
    for (Relation leaf : leaves(from)) {
      names.add(lower(alias(leaf)));
      if (leaf instanceof Relation.Table table && table.alias().isEmpty()) {
        names.add(lower(table.path().getFirst()));
      }
    }
    return names;
  }

  static List<String> parameters(Expression.Lambda lambda) {
    List<String> names = new ArrayList<>();
    collect(lambda.parameters(), names);
    return names;
  }

  private static void collect(SqlNode node, List<String> names) {
    if (node instanceof Expression.ColumnRef column) {
      names.add(lower(column.path().getFirst()));
    }
    node.children().forEach(child -> collect(child, names));
  }
}
