package dev.tarn.sql.change;

import dev.tarn.sql.Query;
import dev.tarn.sql.SqlParser;
import dev.tarn.sql.TableReference;
import dev.tarn.sql.tree.CommonTable;
import dev.tarn.sql.tree.Expression;
import dev.tarn.sql.tree.QueryBody;
import dev.tarn.sql.tree.Relation;
import dev.tarn.sql.tree.SqlNode;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// How a query's result changes when tables that it reads do: computes the rows that go and those
/// that come, from the rows that changed and as few others as it can.
///
/// The result is that of a recompute, as a multiset of rows. Each class of [Way] says why; that the
/// steps add up, [Step] says. What a query leaves open (the order of a list, the first of equals)
/// stays open.
public final class QueryChange {
  private final Query query;
  private final Snippets snippets;
  private final List<Step.Place> places;
  private final List<Way> ways;

  private QueryChange(Query query, Snippets snippets, List<Step.Place> places, List<Way> ways) {
    this.query = query;
    this.snippets = snippets;
    this.places = places;
    this.ways = ways;
  }

  /// What a query can be asked for.
  public sealed interface Answer {}

  /// The change can be followed.
  public record Followed(QueryChange change) implements Answer {}

  /// The change can't be followed: the query must be computed anew.
  public record Stopped(Obstacle obstacle) implements Answer {}

  /// Finds out how a change of these tables reaches the result.
  ///
  /// @param views the query behind a name that is a view
  /// @param schemas the columns of stored tables
  public static Answer of(
      SqlParser parser,
      Query query,
      Set<TableName> changed,
      Function<TableName, Optional<Query>> views,
      Function<TableName, Optional<Schema>> schemas) {
    try {
      refuseCorrelatedTables(query.body(), new Names(query, schemas), false);
      Query whole = new Inliner(parser, views).inlined(query);
      refuseVolatile(whole);
      refuseNamesakes(whole);
      new Names(whole, schemas).refuseNamesAround(whole.body());
      Snippets snippets = new Snippets(parser);
      List<Step.Place> places = places(whole, changed);
      List<Way> ways =
          places.stream()
              .map(place -> new WayReader(whole, snippets, schemas, place.table()).read())
              .toList();
      return new Followed(new QueryChange(whole, snippets, places, ways));
    } catch (Blocked blocked) {
      return new Stopped(new Obstacle(String.valueOf(blocked.getMessage())));
    }
  }

  private static void refuseVolatile(Query query) {
    query.volatileFunctions().stream()
        .findFirst()
        .ifPresent(found -> {
          throw new Blocked(found.name() + ": not the same twice");
        });
  }

  /// A common table that names columns around its query would name others where it is read.
  ///
  /// @param within whether there are such columns
  private static void refuseCorrelatedTables(SqlNode node, Names names, boolean within) {
    if (within && node instanceof QueryBody body) {
      for (CommonTable table : body.commonTables()) {
        if (!names.free(table.body()).isEmpty()) {
          throw new Blocked(table.name() + ": WITH that names columns around its query");
        }
      }
    }
    boolean further = within || node instanceof Expression.Subquery;
    for (SqlNode child : node.children()) {
      boolean lateral =
          node instanceof Relation.Join join
              && child.origin().json() == join.right().origin().json();
      refuseCorrelatedTables(child, names, further || lateral);
    }
  }

  /// Tables of two layers that are told apart by these can't be, once other rows stand for them.
  private static void refuseNamesakes(Query query) {
    query
        .nodes()
        .filter(QueryBody.Select.class::isInstance)
        .map(QueryBody.Select.class::cast)
        .forEach(select -> {
          Set<String> names = new HashSet<>();
          for (Relation leaf : Names.leaves(select.from())) {
            String name = Names.lower(Names.alias(leaf));
            if (!name.isEmpty() && !names.add(name)) {
              throw new Blocked(name + ": the name of two relations in one FROM");
            }
          }
        });
  }

  private static List<Step.Place> places(Query query, Set<TableName> changed) {
    List<Step.Place> places = new ArrayList<>();
    query
        .nodes()
        .filter(Relation.Table.class::isInstance)
        .map(Relation.Table.class::cast)
        .forEach(table ->
            new TableReference(table.path(), Location.file(""))
                .table()
                .filter(changed::contains)
                .ifPresent(name -> places.add(new Step.Place(table, name))));
    return List.copyOf(places);
  }

  /// The columns of the result by which changed rows are found; empty where they are found as whole
  /// rows.
  public Optional<List<String>> key() {
    return keyed().map(Way.Keyed::columns);
  }

  /// The same key, made in the same place, for every way.
  private Optional<Way.Keyed> keyed() {
    Optional<Way.Keyed> first = ways.isEmpty() ? Optional.empty() : ways.getFirst().keyed();
    boolean all =
        first.isPresent()
            && ways.stream()
                .allMatch(way ->
                    way.keyed()
                        .filter(key -> key.filtered() == first.get().filtered())
                        .filter(key -> key.columns().equals(first.get().columns()))
                        .isPresent());
    return all ? first : Optional.empty();
  }

  /// In a few words, how the change is followed.
  public String how() {
    return key()
        .map(columns -> "the rows of changed " + String.join(", ", columns))
        .orElseGet(() ->
            ways.stream().allMatch(RowsWay.class::isInstance)
                ? "changed rows only"
                : "what changed rows lead to");
  }

  /// What changes.
  public sealed interface Outcome {}

  /// Rows with one of some keys go, and others take their place.
  public static final class ByKey implements Outcome {
    private final List<String> columns;
    private final Kept keys;
    private final Function<Kept, String> rows;
    private final Optional<Moves> moves;

    /// @param rows a query of the result's rows with one of some keys
    ByKey(List<String> columns, Kept keys, Function<Kept, String> rows, Optional<Moves> moves) {
      this.columns = List.copyOf(columns);
      this.keys = keys;
      this.rows = rows;
      this.moves = moves;
    }

    /// The columns of the result that are the key.
    public List<String> columns() {
      return columns;
    }

    /// The keys, as k0, k1 … in the order of the columns.
    public Kept keys() {
      return keys;
    }

    /// A query that yields the rows that come, computed from all rows of the keys.
    public String come() {
      return rows.apply(keys);
    }

    /// A query that yields the rows that come, computed from those that were where that suffices.
    ///
    /// @param old gives the rows of the result, as it was, that have one of the keys
    /// @param types the types of the result's columns
    public String come(Workbench bench, Supplier<Kept> old, List<String> types) {
      return moves.flatMap(moved -> moved.now(bench, old.get(), types, rows)).orElseGet(this::come);
    }

    /// The condition that holds for rows of the result with one of these keys.
    public String holds(Workbench bench) {
      boolean nulls =
          columns.size() > 1 || bench.any("SELECT 1 FROM " + keys.sql() + " WHERE k0 IS NULL");
      List<String> values = columns.stream().map(Identifiers::quote).toList();
      List<Bounds.Side> sides =
          IntStream.range(0, values.size())
              .mapToObj(i -> Bounds.Side.of(values.get(i), keys.columns().get(i)))
              .toList();
      return Snippets.among(values, keys, nulls) + Bounds.of(sides, keys, bench);
    }
  }

  /// These rows go and come, as multisets; a row may be in both.
  public record ByRow(List<Kept> gone, List<Kept> come) implements Outcome {}

  /// Computes the change.
  ///
  /// @param changes what became of each table that changed
  public Outcome compute(Workbench bench, Map<TableName, InputChange> changes) {
    Optional<Way.Keyed> keyed = keyed();
    return keyed.isPresent() ? byKey(keyed.get(), bench, changes) : byRow(bench, changes);
  }

  private Outcome byKey(Way.Keyed key, Workbench bench, Map<TableName, InputChange> changes) {
    Optional<Moves> moves = moves(key, bench, changes);
    Kept keys = moves.map(moved -> moved.keys(bench)).orElseGet(() -> keys(bench, changes));
    Function<Kept, String> rows =
        some -> {
          Edits edits = Edits.none();
          key.restrict(edits, some, bench, snippets);
          return snippets.body(edits.applied(query.body()));
        };
    return new ByKey(key.columns(), keys, rows, moves);
  }

  /// By how much the totals of a query that is nothing but groups move.
  private Optional<Moves> moves(
      Way.Keyed key, Workbench bench, Map<TableName, InputChange> changes) {
    List<GroupsWay> groups =
        ways.stream()
            .filter(GroupsWay.class::isInstance)
            .map(GroupsWay.class::cast)
            .filter(way -> way.select().origin().json() == query.body().origin().json())
            .toList();
    Optional<Totals> totals =
        groups.size() == ways.size() ? groups.getFirst().totals() : Optional.empty();
    if (totals.isEmpty()) {
      return Optional.empty();
    }
    List<String> moves = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      moves.addAll(groups.get(i).moves(step(i, bench, changes)));
    }
    return moves.isEmpty()
        ? Optional.empty()
        : Moves.of(totals.get(), bench.keep(String.join(" UNION ALL ", moves)), key.columns());
  }

  private Kept keys(Workbench bench, Map<TableName, InputChange> changes) {
    List<Kept> found = new ArrayList<>();
    for (int i = 0; i < ways.size(); i++) {
      found.add(ways.get(i).keyed().orElseThrow().keys(step(i, bench, changes)));
    }
    return found.size() == 1
        ? found.getFirst()
        : bench.keep(
            found.stream()
                .map(one -> "SELECT * FROM " + one.sql())
                .collect(Collectors.joining(" UNION ")));
  }

  private Outcome byRow(Workbench bench, Map<TableName, InputChange> changes) {
    List<Kept> gone = new ArrayList<>();
    List<Kept> come = new ArrayList<>();
    for (int i = 0; i < ways.size(); i++) {
      Way.Signed signed = ways.get(i).signed(step(i, bench, changes));
      gone.add(signed.gone());
      come.add(signed.come());
    }
    return new ByRow(gone, come);
  }

  private Step step(int at, Workbench bench, Map<TableName, InputChange> changes) {
    return new Step(bench, snippets, places, at, changes);
  }
}
