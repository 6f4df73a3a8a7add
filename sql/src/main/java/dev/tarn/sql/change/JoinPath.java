package dev.tarn.sql.change;

import dev.tarn.sql.tree.QueryBody;
import dev.tarn.sql.tree.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Follows a place through the joins of one FROM.
final class JoinPath {
  private final WayReader reader;
  private final QueryBody.Select select;
  private final List<Crossing> crossings = new ArrayList<>();

  /// A join, and the side on which the place is.
  private record Crossing(Relation.Join join, boolean left, boolean direct) {
    Relation side() {
      return left ? join.left() : join.right();
    }
  }

  JoinPath(WayReader reader, QueryBody.Select select) {
    this.reader = reader;
    this.select = select;
  }

  Core core() {
    Relation source = source(select.from());
    Way way =
        switch (source) {
          case Relation.Subquery subquery -> reader.body(subquery.body());
          default -> new LeafWay();
        };
    return new Core(select, source, way, touch());
  }

  private Relation source(Relation relation) {
    return switch (relation) {
      case Relation.Table table -> table;
      case Relation.Subquery subquery -> subquery;
      case Relation.Join join -> join(join);
      case Relation.Pivot pivot when pivot.unpivots() && reader.leads(pivot.source()) ->
          source(pivot.source());
      case Relation.Pivot _ ->
          throw new Blocked("PIVOT: the values decide which columns there are");
      case Relation.TableFunction function ->
          throw new Blocked("a query as an argument of " + function.call().name());
      case Relation.Values _ -> throw new Blocked("a query in VALUES");
      case Relation.Nothing _ -> throw new Blocked("a query in FROM");
    };
  }

  private Relation join(Relation.Join join) {
    boolean left = reader.leads(join.left());
    if (!left && !reader.leads(join.right())) {
      throw new Blocked("a query in the condition of a join");
    }
    crossings.add(new Crossing(join, left, direct(join, left)));
    return source(left ? join.left() : join.right());
  }

  /// Whether each row of the join is made of one row of this side.
  private static boolean direct(Relation.Join join, boolean left) {
    if (join.manner().equals("POSITIONAL")) {
      throw new Blocked("POSITIONAL JOIN: every row moves those after it");
    }
    boolean asof = join.manner().equals("ASOF");
    return switch (join.kind()) {
      case "INNER" -> left || !asof;
      case "LEFT", "SEMI", "ANTI" -> left;
      case "RIGHT" -> !left && !asof;
      default -> false;
    };
  }

  private Optional<Touch> touch() {
    List<Crossing> indirect = crossings.stream().filter(crossing -> !crossing.direct).toList();
    if (indirect.isEmpty()) {
      return Optional.empty();
    }
    Crossing first = indirect.getFirst();
    List<String> using = first.join.using();
    if (!using.isEmpty()
        && indirect.stream().allMatch(crossing -> crossing.join.using().equals(using))) {
      return Optional.of(new Touch.Shares(indirect.getLast().side(), using));
    }
    boolean full = !List.of("LEFT", "RIGHT", "SEMI", "ANTI", "INNER").contains(first.join.kind());
    if (indirect.size() > 1 || full || first.join.condition().isEmpty()) {
      throw new Blocked(
          full
              ? "a FULL JOIN whose condition is not USING"
              : "an outer join within another, or one without ON or USING");
    }
    return Optional.of(new Touch.Meets(first.side(), first.join.condition().get()));
  }
}
