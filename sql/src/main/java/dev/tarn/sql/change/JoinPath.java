package dev.tarn.sql.change;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tarn.sql.tree.Expression;
import dev.tarn.sql.tree.QueryBody;
import dev.tarn.sql.tree.Relation;
import dev.tarn.sql.tree.SqlNode;
import dev.tarn.vocabulary.Identifiers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Follows a place through the joins of one FROM, from the place outwards.
///
/// A join that makes each of its rows of one row of the side with the place (INNER; LEFT from the
/// left; RIGHT from the right; SEMI and ANTI from the left) changes by what changes there. In the
/// others a row may change because of what it meets: they add a [Touch], which a condition in WHERE
/// can say because the columns of all relations side by side can be named there.
final class JoinPath {
  private final WayReader reader;
  private final Names names;
  private final Relation from;

  JoinPath(WayReader reader, QueryBody.Select select) {
    this.reader = reader;
    this.names = reader.names();
    this.from = select.from();
  }

  Reached reached() {
    return reached(from, List.of());
  }

  /// @param left the relations that a query here sees on its left
  private Reached reached(Relation relation, List<Relation> left) {
    return switch (relation) {
      case Relation.Table table -> new Reached(table, new LeafWay(), Optional.empty(), false);
      case Relation.Subquery subquery -> subquery(subquery, left);
      case Relation.Join join -> join(join, left);
      case Relation.Pivot pivot when pivot.unpivots() && reader.leads(pivot.source()) ->
          unpivoted(pivot, left);
      case Relation.Pivot _ ->
          throw new Blocked("PIVOT: the values decide which columns there are");
      case Relation.TableFunction function ->
          throw new Blocked("a query as an argument of " + function.call().name());
      case Relation.Values _ -> throw new Blocked("a query in VALUES");
      case Relation.Nothing _ -> throw new Blocked("a query in FROM");
    };
  }

  private Reached unpivoted(Relation.Pivot pivot, List<Relation> left) {
    Reached reached = reached(pivot.source(), left);
    if (reached.touch().isPresent()) {
      throw new Blocked("UNPIVOT of an outer join");
    }
    return reached;
  }

  private Reached subquery(Relation.Subquery subquery, List<Relation> left) {
    List<Expression.ColumnRef> free = names.free(subquery.body());
    if (free.isEmpty()) {
      return new Reached(subquery, reader.body(subquery.body()), Optional.empty(), false);
    }
    free.forEach(column -> refuseCaptured(column, left));
    Reached inside = reader.inside(subquery.body());
    return new Reached(inside.source(), inside.way(), inside.touch(), true);
  }

  /// What a query in FROM names on its left or further out must be the same in WHERE.
  private void refuseCaptured(Expression.ColumnRef column, List<Relation> left) {
    String name = Names.lower(column.path().getFirst());
    boolean here = left.stream().anyMatch(relation -> names.inReach(relation).contains(name));
    Set<String> elsewhere = new HashSet<>();
    Names.leaves(from).stream()
        .filter(leaf -> left.stream().noneMatch(seen -> within(leaf, seen)))
        .forEach(leaf -> elsewhere.addAll(names.inReach(leaf)));
    boolean alias =
        here
            && left.stream()
                .flatMap(relation -> Names.leaves(relation).stream())
                .anyMatch(leaf -> Names.lower(Names.alias(leaf)).equals(name));
    if (elsewhere.contains(name) && !alias) {
      throw new Blocked(
          String.join(".", column.path()) + ": in a query in FROM, and of another relation too");
    }
  }

  private static boolean within(SqlNode leaf, SqlNode whole) {
    return whole.origin().json() == leaf.origin().json()
        || whole.children().stream().anyMatch(child -> within(leaf, child));
  }

  private Reached join(Relation.Join join, List<Relation> seen) {
    switch (join.manner()) {
      case "REGULAR", "CROSS", "NATURAL", "ASOF" -> {}
      case "POSITIONAL" -> throw new Blocked("POSITIONAL JOIN: every row moves those after it");
      case String other -> throw new Blocked(other + " JOIN");
    }
    boolean left = reader.leads(join.left());
    if (!left && !reader.leads(join.right())) {
      throw new Blocked("a query in the condition of a join");
    }
    Reached reached = left ? reached(join.left(), seen) : reached(join.right(), more(seen, join));
    if (!left && reached.lateral()) {
      return new Reached(reached.source(), reached.way(), reached.touch(), false);
    }
    Reached crossed = direct(join, left) ? reached : reached.touching(touch(join, left, reached));
    if (crossed.touch().isPresent() && !join.alias().isEmpty()) {
      throw new Blocked("an outer join within a join that has a name of its own");
    }
    return crossed;
  }

  private static List<Relation> more(List<Relation> seen, Relation.Join join) {
    List<Relation> more = new ArrayList<>(seen);
    more.add(join.left());
    return more;
  }

  /// Whether each row of the join is made of one row of this side.
  private static boolean direct(Relation.Join join, boolean left) {
    boolean asof = join.manner().equals("ASOF");
    return switch (join.kind()) {
      case "INNER" -> left || !asof;
      case "LEFT", "SEMI", "ANTI" -> left;
      case "RIGHT" -> !left && !asof;
      default -> false;
    };
  }

  private Touch touch(Relation.Join join, boolean left, Reached reached) {
    Relation side = left ? join.left() : join.right();
    List<String> shared = shared(join);
    if (!shared.isEmpty()) {
      List<String> own = shared.stream().map(Identifiers::quote).toList();
      List<String> row = shared.stream().map(column -> shown(join, column)).toList();
      return new Touch.Shares(side, own, List.of(row), reached.touch());
    }
    Expression on =
        join.condition().orElseThrow(() -> new Blocked("an outer join without ON or USING"));
    return List.of("LEFT", "RIGHT", "SEMI", "ANTI", "INNER").contains(join.kind())
        ? new Touch.Meets(side, on, qualified(on, join), reached.touch())
        : full(join, side, on, reached.touch());
  }

  /// The columns whose equality joins; the last of an ASOF join is not compared for equality.
  private List<String> shared(Relation.Join join) {
    if (join.manner().equals("NATURAL")) {
      Set<String> there = names.columns(join.right());
      return names.columns(join.left()).stream().filter(there::contains).sorted().toList();
    }
    if (!join.manner().equals("ASOF") || join.using().isEmpty()) {
      return join.using();
    }
    if (join.using().size() == 1) {
      throw new Blocked("an ASOF JOIN by one column only: any row can take another's place");
    }
    return join.using().subList(0, join.using().size() - 1);
  }

  /// The column that USING makes of two, as an expression over a row of the whole FROM.
  private String shown(Relation.Join join, String column) {
    return from.origin().json() == join.origin().json()
        ? Identifiers.quote(column)
        : merged(join, column);
  }

  private String merged(Relation relation, String column) {
    if (!(relation instanceof Relation.Join join)) {
      return Identifiers.quote(aliasOf(relation)) + "." + Identifiers.quote(column);
    }
    boolean left = names.columns(join.left()).contains(Names.lower(column));
    boolean right = names.columns(join.right()).contains(Names.lower(column));
    if (!left || !right || List.of("SEMI", "ANTI").contains(join.kind())) {
      return merged(left ? join.left() : join.right(), column);
    }
    return switch (join.kind()) {
      case "RIGHT" -> merged(join.right(), column);
      case "INNER", "LEFT" -> merged(join.left(), column);
      default ->
          "coalesce(" + merged(join.left(), column) + ", " + merged(join.right(), column) + ")";
    };
  }

  private static String aliasOf(Relation leaf) {
    String alias = Names.alias(leaf);
    if (alias.isEmpty()) {
      throw new Blocked("a query in FROM without a name, beside an outer join");
    }
    return alias;
  }

  /// A condition of a join may name columns without their relation that WHERE can't, because there
  /// are more relations in its reach; and a relation in the query that the condition is put into
  /// may be called as a column is.
  private Edits qualified(Expression on, Relation.Join join) {
    Edits edits = Edits.none();
    qualify(on, join, edits);
    return edits;
  }

  private void qualify(SqlNode node, Relation.Join join, Edits edits) {
    switch (node) {
      case QueryBody _ -> throw new Blocked("a query in the condition of an outer join");
      case Expression.Lambda _ -> throw new Blocked("a lambda in the condition of an outer join");
      case Expression.ColumnRef column -> qualify(column, join, edits);
      case SqlNode other -> other.children().forEach(child -> qualify(child, join, edits));
    }
  }

  private void qualify(Expression.ColumnRef column, Relation.Join join, Edits edits) {
    boolean relation =
        column.path().size() > 1
            && Names.leaves(join).stream()
                .anyMatch(leaf -> Names.lower(Names.alias(leaf)).equals(first(column)));
    if (relation || !names.columns(join).contains(first(column))) {
      return;
    }
    if (column.path().size() > 1 && names.calls(first(column))) {
      throw new Blocked(
          String.join(".", column.path()) + ": a field of a column, or a column of a relation");
    }
    Relation owner =
        names
            .owner(first(column), join)
            .orElseThrow(() ->
                new Blocked(
                    first(column) + " in the condition of an outer join: name its relation"));
    String alias = aliasOf(owner);
    edits.with(
        column,
        copy -> {
          ((ArrayNode) copy.path("column_names")).insert(0, alias);
          return copy;
        });
  }

  private static String first(Expression.ColumnRef column) {
    return Names.lower(column.path().getFirst());
  }

  /// In a FULL JOIN by equality what changes shares a key with a changed row: its partners, and it
  /// itself where it has none.
  private Touch full(Relation.Join join, Relation side, Expression on, Optional<Touch> inner) {
    List<String> own = new ArrayList<>();
    List<String> other = new ArrayList<>();
    Edits qualified = qualified(on, join);
    for (Expression part : conjuncts(on)) {
      if (part instanceof Expression.Comparison equality
          && equality.kind().endsWith("COMPARE_EQUAL")) {
        Optional<Boolean> left = isOf(equality.left(), side, join);
        Optional<Boolean> right = isOf(equality.right(), side, join);
        if (left.isPresent() && right.isPresent() && !left.get().equals(right.get())) {
          Expression mine = left.get() ? equality.left() : equality.right();
          Expression theirs = left.get() ? equality.right() : equality.left();
          own.add(reader.snippets().parser().renderExpression(qualified.applied(mine)));
          other.add(reader.snippets().parser().renderExpression(qualified.applied(theirs)));
        }
      }
    }
    if (own.isEmpty()) {
      throw new Blocked("a FULL JOIN whose condition is no equality of columns");
    }
    return new Touch.Shares(side, own, List.of(own, other), inner);
  }

  private static List<Expression> conjuncts(Expression on) {
    return on instanceof Expression.Conjunction all && all.kind().endsWith("AND")
        ? all.parts().stream().flatMap(part -> conjuncts(part).stream()).toList()
        : List.of(on);
  }

  /// Whether all columns of an expression are of this side, or none; empty for a mixture.
  private Optional<Boolean> isOf(Expression expression, Relation side, Relation.Join join) {
    Set<Boolean> found = new HashSet<>();
    collect(expression, side, join, found);
    return found.size() == 1 ? Optional.of(found.iterator().next()) : Optional.empty();
  }

  private void collect(SqlNode node, Relation side, Relation.Join join, Set<Boolean> found) {
    if (node instanceof Expression.ColumnRef column) {
      found.add(names.inReach(side).contains(first(column)));
      Relation other =
          side.origin().json() == join.left().origin().json() ? join.right() : join.left();
      found.add(!names.inReach(other).contains(first(column)));
    }
    node.children().forEach(child -> collect(child, side, join, found));
  }
}
