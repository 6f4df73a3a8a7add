package dev.tarn.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tarn.sql.tree.Expression;
import dev.tarn.sql.tree.Origin;
import dev.tarn.sql.tree.QueryBody;
import dev.tarn.sql.tree.Relation;
import dev.tarn.sql.tree.SqlNode;
import dev.tarn.sql.tree.SqlText;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One SELECT: its text, its tree, and what can be read off the tree.
public final class Query {
  private final SqlText text;
  private final JsonNode statement;
  private final QueryBody body;

  private final Function<JsonNode, String> expressionText;

  /// @param expressionText writes an expression as the engine does, for the names of columns
  ///   without AS
  Query(
      SqlText text, JsonNode statement, QueryBody body, Function<JsonNode, String> expressionText) {
    this.text = text;
    this.statement = statement;
    this.body = body;
    this.expressionText = expressionText;
  }

  /// The text that was parsed.
  public String text() {
    return text.text();
  }

  public QueryBody body() {
    return body;
  }

  /// Where a node begins in the text. The file is the caller's to add.
  public Location at(SqlNode node) {
    return at(node.origin());
  }

  public Location at(Origin origin) {
    return text.at(origin);
  }

  /// Every place where a table is read, in the order of the tree; names of WITH are no tables where
  /// the engine sees them.
  public List<TableReference> tables() {
    return TableCollector.tables(body).stream()
        .map(table -> new TableReference(table.path(), at(table)))
        .toList();
  }

  /// Every call of a function, also of table functions, windows and operators written as functions.
  public List<FunctionReference> functions() {
    List<FunctionReference> found = new ArrayList<>();
    nodes().forEach(node -> addFunction(node, found));
    return found;
  }

  private void addFunction(SqlNode node, List<FunctionReference> found) {
    switch (node) {
      case Relation.TableFunction table ->
          found.add(new FunctionReference(table.call().path(), true, false, at(table)));
      case Expression.FunctionCall call ->
          found.add(new FunctionReference(call.path(), false, call.operator(), at(call)));
      case Expression.Window window ->
          found.add(new FunctionReference(window.path(), false, false, at(window)));
      case SqlNode _ -> {}
    }
  }

  /// All nodes of the tree, each before those below it; the call inside a table function is not
  /// told again.
  public Stream<SqlNode> nodes() {
    return below(body);
  }

  private static Stream<SqlNode> below(SqlNode node) {
    List<SqlNode> children =
        node instanceof Relation.TableFunction table ? table.call().children() : node.children();
    return Stream.concat(Stream.of(node), children.stream().flatMap(Query::below));
  }

  /// A hash of what the query means: another layout, other comments and other keyword case leave it
  /// the same.
  public String fingerprint() {
    return Fingerprint.of(statement);
  }

  /// What makes the query not the same twice: the time, chance, and samples.
  public List<FunctionReference> volatileFunctions() {
    List<FunctionReference> found = new ArrayList<>();
    nodes()
        .forEach(node ->
            VolatileParts.name(node)
                .ifPresent(name ->
                    found.add(new FunctionReference(List.of(name), false, false, at(node)))));
    return found;
  }

  /// The names of the columns that FROM puts in reach, in lower case; empty when a table's columns
  /// are not known.
  public Optional<Set<String>> columnsInReach(
      QueryBody.Select select, Function<TableName, Optional<Schema>> schemas) {
    return columnsOf(select.from(), schemas);
  }

  /// The names of the columns that a part of FROM puts in reach, in lower case; empty when a
  /// table's columns are not known.
  public Optional<Set<String>> columnsOf(
      Relation relation, Function<TableName, Optional<Schema>> schemas) {
    Frame frame = new LineageWalk(this, schemas).relations().frame(relation, Scope.outermost());
    return frame.rest().isPresent()
        ? Optional.empty()
        : Optional.of(
            frame.star().stream()
                .map(located -> located.column().name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet()));
  }

  /// Whether an aggregate is computed here, outside of queries further in.
  public static boolean aggregates(SqlNode node) {
    return switch (node) {
      case Expression.FunctionCall call when FunctionCatalog.builtIn().aggregates(call.name()) ->
          true;
      case QueryBody _ -> false;
      case SqlNode other -> other.children().stream().anyMatch(Query::aggregates);
    };
  }

  /// The name that the engine gives to a column made of this expression without AS.
  String nameOf(Expression expression) {
    return expressionText.apply(expression.origin().json());
  }

  JsonNode statement() {
    return statement;
  }

  /// One call of a function.
  ///
  /// @param path the parts of its name, lower case
  /// @param table true where it stands in FROM
  /// @param operator true when it is written as an operator, as `a + b`
  public record FunctionReference(List<String> path, boolean table, boolean operator, Location at) {
    public FunctionReference {
      path = path.stream().map(part -> part.toLowerCase(Locale.ROOT)).toList();
    }

    public String name() {
      return path.getLast();
    }
  }
}
