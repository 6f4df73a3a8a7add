package dev.tarn.sql.change;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tarn.sql.Query;
import dev.tarn.sql.change.WayReader.Keys;
import dev.tarn.sql.tree.Expression;
import dev.tarn.sql.tree.Modifier;
import dev.tarn.sql.tree.OrderItem;
import dev.tarn.sql.tree.QueryBody;
import dev.tarn.sql.tree.SqlNode;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Finds by what the rows of a SELECT belong together: what it groups by, and what all its windows
/// are partitioned by. Of several such lists only the parts that are in all count.
final class KeyReader {
  private final Snippets snippets;
  private final QueryBody.Select select;
  private final Aliases aliases;
  private final List<List<JsonNode>> lists = new ArrayList<>();

  KeyReader(
      Query query,
      Snippets snippets,
      Function<TableName, Optional<Schema>> schemas,
      QueryBody.Select select) {
    this.snippets = snippets;
    this.select = select;
    this.aliases = new Aliases(query, schemas, select);
  }

  /// Whether each row of the result is made of one row of FROM.
  boolean plain() {
    return !grouped() && windows().isEmpty() && distinct().isEmpty();
  }

  /// WHERE with its names of SELECT replaced by what they mean.
  Edits where() {
    return aliases.inWhere();
  }

  /// Empty for a SELECT whose rows do not depend on one another.
  ///
  /// @throws Blocked when there are such, but no key
  Optional<Keys> read() {
    if (plain()) {
      return Optional.empty();
    }
    if (grouped()) {
      lists.add(groups());
    }
    for (Expression.Window window : windows()) {
      lists.add(window.partitions().stream().map(aliases::resolved).toList());
    }
    distinct().ifPresent(distinct -> lists.add(told(distinct)));
    List<JsonNode> parts =
        lists.getFirst().stream()
            .filter(part -> lists.stream().allMatch(list -> Forms.contains(list, part)))
            .toList();
    if (parts.isEmpty()) {
      throw new Blocked(reason());
    }
    List<JsonNode> usable = parts.stream().filter(part -> unusable(part).isEmpty()).toList();
    if (usable.isEmpty()) {
      throw new Blocked(
          parts.stream().flatMap(part -> unusable(part).stream()).toList().getFirst());
    }
    return Optional.of(
        new Keys(usable, new ResultNames(snippets, select).of(usable), aliases.inWhere()));
  }

  private String reason() {
    if (grouped() && select.groups().isEmpty() && !select.groupByAll()) {
      return "an aggregate without GROUP BY: all rows make one";
    }
    Optional<Expression.Window> open =
        windows().stream().filter(window -> window.partitions().isEmpty()).findFirst();
    return open.map(window ->
            snippets.expression(window) + ": a window without PARTITION BY goes over all rows")
        .orElse("its groups, windows and DISTINCT have no column in common");
  }

  private static Optional<String> unusable(JsonNode part) {
    String text = part.toString();
    if (text.contains("\"class\":\"SUBQUERY\"") || text.contains("\"unnest\"")) {
      return Optional.of("a query or unnest in what rows are grouped by");
    }
    if (!text.contains("COLUMN_REF") && !text.contains("POSITIONAL")) {
      return Optional.of("only a constant in what rows are grouped by: all rows make one");
    }
    return text.contains("\"class\":\"COLLATE\"")
        ? Optional.of("COLLATE in what rows are grouped by: equal keys look different")
        : Optional.empty();
  }

  private boolean grouped() {
    return !select.groups().isEmpty()
        || select.groupByAll()
        || select.having().isPresent()
        || Stream.of(
                select.items().stream(), select.qualify().stream(), select.modifiers().stream())
            .flatMap(nodes -> nodes)
            .anyMatch(Query::aggregates);
  }

  private List<JsonNode> groups() {
    if (select.groupByAll()) {
      return select.items().stream()
          .filter(item -> !Query.aggregates(item) && windows(item).isEmpty())
          .filter(item -> !aliases.ofTotals(item))
          .map(this::item)
          .toList();
    }
    List<Integer> inAll = new ArrayList<>();
    for (int i = 0; i < select.groups().size(); i++) {
      int at = i;
      if (select.groupSets().stream().allMatch(set -> set.contains(at))) {
        inAll.add(i);
      }
    }
    if (inAll.isEmpty() && !select.groups().isEmpty()) {
      throw new Blocked("grouping sets of which some have no column in common: totals of all rows");
    }
    return inAll.stream().map(select.groups()::get).map(this::target).toList();
  }

  /// An item by its position or name, or an expression over FROM.
  private JsonNode target(Expression expression) {
    return switch (expression) {
      case Expression.Constant constant when constant.kind().equals("INTEGER") ->
          item(at(Integer.parseInt(constant.text())));
      case Expression.Positional positional -> item(at(positional.index()));
      default -> aliases.resolved(expression);
    };
  }

  private Expression at(int position) {
    boolean stars = select.items().stream().anyMatch(Expression.Star.class::isInstance);
    if (stars || position < 1 || position > select.items().size()) {
      throw new Blocked("a position in GROUP BY or DISTINCT ON, with * in SELECT");
    }
    return select.items().get(position - 1);
  }

  private JsonNode item(Expression item) {
    if (starred(item)) {
      throw new Blocked("rows grouped by *: name the columns");
    }
    return Forms.withoutAlias(aliases.resolved(item));
  }

  private static boolean starred(SqlNode node) {
    return node instanceof Expression.Star || node.children().stream().anyMatch(KeyReader::starred);
  }

  private Optional<Modifier.Distinct> distinct() {
    return select.modifiers().stream()
        .filter(Modifier.Distinct.class::isInstance)
        .map(Modifier.Distinct.class::cast)
        .findFirst();
  }

  private List<JsonNode> told(Modifier.Distinct distinct) {
    return distinct.targets().isEmpty()
        ? select.items().stream().map(this::item).toList()
        : distinct.targets().stream().map(this::selected).toList();
  }

  /// In DISTINCT ON a name that stands alone is that of an item, before it is that of a column.
  private JsonNode selected(Expression expression) {
    if (expression instanceof Expression.ColumnRef column && column.path().size() == 1) {
      Optional<Expression> item =
          select.items().stream()
              .filter(each -> each.alias().equalsIgnoreCase(column.path().getFirst()))
              .findFirst();
      if (item.isPresent()) {
        return item(item.get());
      }
    }
    return target(expression);
  }

  private List<Expression.Window> windows() {
    List<Expression.Window> found = new ArrayList<>();
    select.items().forEach(item -> found.addAll(windows(item)));
    select.qualify().ifPresent(qualify -> found.addAll(windows(qualify)));
    for (Modifier modifier : select.modifiers()) {
      if (modifier instanceof Modifier.Order order && distinct().isPresent()) {
        order.items().stream()
            .map(OrderItem::expression)
            .map(KeyReader::windows)
            .forEach(found::addAll);
      }
    }
    return found;
  }

  private static List<Expression.Window> windows(SqlNode node) {
    return switch (node) {
      case QueryBody _ -> List.of();
      case Expression.Window window -> List.of(window);
      case SqlNode other ->
          other.children().stream().flatMap(child -> windows(child).stream()).toList();
    };
  }

  /// The names that SELECT gives to columns of FROM, where FROM has none of the same name.
  private record Aliases(
      Query query, Function<TableName, Optional<Schema>> schemas, QueryBody.Select select) {

    JsonNode resolved(Expression expression) {
      return Forms.withoutAlias(resolved(expression, 0));
    }

    Edits inWhere() {
      Edits edits = Edits.none();
      select.where().ifPresent(where -> edit(where, edits, 0));
      return edits;
    }

    private JsonNode resolved(Expression expression, int depth) {
      Edits edits = Edits.none();
      edit(expression, edits, depth);
      return edits.applied(expression);
    }

    private void edit(SqlNode node, Edits edits, int depth) {
      if (node instanceof QueryBody body) {
        refuseNamed(body);
        return;
      }
      if (node instanceof Expression.Lambda lambda
          && select.items().stream()
              .anyMatch(item -> Names.parameters(lambda).contains(Names.lower(item.alias())))) {
        throw new Blocked("a parameter of a lambda that is named as a column");
      }
      if (node instanceof Expression.ColumnRef column) {
        named(column)
            .ifPresent(item -> {
              if (depth > 20
                  || column.path().size() > 1
                  || unusable(item.origin().json()).isPresent()) {
                throw new Blocked(column.path().getFirst() + ": a name of SELECT");
              }
              JsonNode meant = Forms.withoutAlias(resolved(item, depth + 1));
              edits.with(column, _ -> meant.deepCopy());
            });
      }
      node.children().forEach(child -> edit(child, edits, depth));
    }

    /// A query further in would take the names of what an item is made of for its own.
    private void refuseNamed(QueryBody body) {
      new Names(query, schemas)
          .free(body).stream()
              .filter(column -> named(column).isPresent())
              .findFirst()
              .ifPresent(column -> {
                throw new Blocked(
                    String.join(".", column.path()) + ": a name of SELECT in a query within it");
              });
    }

    /// Whether an expression is made of an aggregate by the name that SELECT gives it.
    boolean ofTotals(SqlNode node) {
      return node instanceof Expression.ColumnRef column
          ? named(column).filter(item -> Query.aggregates(item) || ofTotals(item)).isPresent()
          : node.children().stream().anyMatch(this::ofTotals);
    }

    private Optional<Expression> named(Expression.ColumnRef column) {
      String name = column.path().getFirst();
      Optional<Expression> item =
          select.items().stream()
              .filter(each -> each.alias().equalsIgnoreCase(name))
              .filter(each -> each.origin().json() != column.origin().json())
              .findFirst();
      return item.isEmpty() || inReach(name) ? Optional.empty() : item;
    }

    private boolean inReach(String name) {
      return new Names(query, schemas).inReach(select.from()).contains(Names.lower(name));
    }
  }
}
