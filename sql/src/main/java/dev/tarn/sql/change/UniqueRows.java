package dev.tarn.sql.change;

import dev.tarn.sql.Query;
import dev.tarn.sql.SqlParser;
import dev.tarn.sql.tree.Expression;
import dev.tarn.sql.tree.Modifier;
import dev.tarn.sql.tree.QueryBody;
import dev.tarn.sql.tree.Relation;
import dev.tarn.sql.tree.SqlNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Tells by which columns a query's own text keeps its rows apart, whatever the tables hold: those
/// that it groups by, that its DISTINCT names, or of which it takes the first row each (`QUALIFY
/// row_number() OVER (PARTITION BY …) = 1`). A SELECT that only reads such a query, and filters it,
/// hands the columns on. Where the text does not say it, nothing is claimed.
public final class UniqueRows {
  /// Functions that make several rows of one.
  static final Set<String> MULTIPLYING = Set.of("unnest", "unlist");

  private final Snippets snippets;

  private UniqueRows(Snippets snippets) {
    this.snippets = snippets;
  }

  /// The columns of the result of which no two rows have the same values, NULL being one; empty
  /// when that is not known.
  public static Optional<List<String>> by(SqlParser parser, Query query) {
    if (!query.volatileFunctions().isEmpty()) {
      return Optional.empty();
    }
    try {
      Query whole = new Inliner(parser, _ -> Optional.empty()).inlined(query);
      return new UniqueRows(new Snippets(parser)).columns(whole.body());
    } catch (Blocked _) {
      return Optional.empty();
    }
  }

  private Optional<List<String>> columns(QueryBody body) {
    if (!(body instanceof QueryBody.Select select) || multiplies(select)) {
      return Optional.empty();
    }
    Optional<Modifier.Distinct> distinct =
        select.modifiers().stream()
            .filter(Modifier.Distinct.class::isInstance)
            .map(Modifier.Distinct.class::cast)
            .findFirst();
    if (distinct.isPresent()) {
      return distinct.get().targets().isEmpty()
          ? Optional.empty()
          : named(select, distinct.get().targets());
    }
    if (!select.groups().isEmpty()) {
      return select.groupSets().size() > 1 ? Optional.empty() : named(select, select.groups());
    }
    if (select.groupByAll() || select.having().isPresent()) {
      return Optional.empty();
    }
    return first(select).or(() -> handed(select));
  }

  /// The names of these expressions in the result. A name that SELECT gives to something else is
  /// taken for neither.
  private Optional<List<String>> named(QueryBody.Select select, List<Expression> parts) {
    return parts.stream().anyMatch(part -> ambiguous(select, part))
        ? Optional.empty()
        : new ResultNames(snippets, select)
            .of(parts.stream().map(part -> part.origin().json()).toList());
  }

  private static boolean ambiguous(QueryBody.Select select, SqlNode node) {
    boolean taken =
        node instanceof Expression.ColumnRef column
            && select.items().stream()
                .filter(item -> item.alias().equalsIgnoreCase(column.path().getFirst()))
                .anyMatch(item ->
                    !Forms.text(item.origin().json()).equals(Forms.text(column.origin().json())));
    return taken || node.children().stream().anyMatch(child -> ambiguous(select, child));
  }

  private static boolean multiplies(QueryBody.Select select) {
    return select.items().stream()
        .flatMap(UniqueRows::calls)
        .anyMatch(call -> MULTIPLYING.contains(Names.lower(call.name())));
  }

  private static Stream<Expression.FunctionCall> calls(SqlNode node) {
    Stream<Expression.FunctionCall> below = node.children().stream().flatMap(UniqueRows::calls);
    return node instanceof Expression.FunctionCall call
        ? Stream.concat(Stream.of(call), below)
        : below;
  }

  /// The rows that come first in their partition: one of each.
  private Optional<List<String>> first(QueryBody.Select select) {
    return select.qualify().stream()
        .flatMap(UniqueRows::required)
        .filter(Expression.Comparison.class::isInstance)
        .map(Expression.Comparison.class::cast)
        .flatMap(comparison -> firstOf(comparison).stream())
        .flatMap(window -> named(select, window.partitions()).stream())
        .findFirst();
  }

  private static Stream<Expression> required(Expression condition) {
    return condition instanceof Expression.Conjunction(var _, var _, String kind, var parts)
            && kind.equals("CONJUNCTION_AND")
        ? parts.stream().flatMap(UniqueRows::required)
        : Stream.of(condition);
  }

  private static Optional<Expression.Window> firstOf(Expression.Comparison comparison) {
    boolean one =
        comparison.kind().equals("COMPARE_EQUAL")
            && comparison.right() instanceof Expression.Constant constant
            && constant.text().equals("1");
    return one
            && comparison.left() instanceof Expression.Window window
            && Names.lower(window.name()).equals("row_number")
            && window.arguments().isEmpty()
            && window.argumentOrders().isEmpty()
            && window.filter().isEmpty()
            && !window.partitions().isEmpty()
        ? Optional.of(window)
        : Optional.empty();
  }

  private Optional<List<String>> handed(QueryBody.Select select) {
    ResultNames names = new ResultNames(snippets, select);
    return select.from() instanceof Relation.Subquery source && source.columns().isEmpty()
        ? columns(source.body()).flatMap(columns -> names.of(source.alias(), columns))
        : Optional.empty();
  }
}
