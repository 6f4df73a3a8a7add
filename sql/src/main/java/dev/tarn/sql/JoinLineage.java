package dev.tarn.sql;

import dev.tarn.sql.tree.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a join puts in reach: both sides, or the left one for SEMI and ANTI; the columns it joins
/// by decide its rows.
final class JoinLineage {
  private final LineageWalk walk;

  JoinLineage(LineageWalk walk) {
    this.walk = walk;
  }

  Frame frame(Relation.Join join, Scope scope) {
    Frame left = walk.relations().frame(join.left(), scope);
    Frame right = walk.relations().frame(join.right(), scope.inside(left));
    Frame both = beside(left, right);
    List<Frame.Merged> merged = new ArrayList<>(both.merged());
    Flow flow = Flow.NONE;
    for (String name : names(join, left, right)) {
      Frame.Merged one = merge(join.kind(), name, left, right);
      merged.removeIf(other -> other.column().name().equalsIgnoreCase(name));
      merged.add(one);
      flow = flow.and(column(left, name).flow()).and(column(right, name).flow());
    }
    Frame joined = new Frame(both.bindings(), merged, both.rows());
    flow =
        flow.and(
            walk.expressions().flows(join.condition().stream().toList(), scope.inside(joined)));
    flow =
        flow.and(walk.expressions().flows(join.ranking().stream().toList(), scope.inside(joined)));
    if (unlisted(join, left, right)) {
      flow = flow.and(joined.everything().asGuess());
    }
    return shown(join, left, joined).decidedBy(flow);
  }

  private static Frame beside(Frame left, Frame right) {
    List<Binding> bindings = new ArrayList<>(left.bindings());
    bindings.addAll(right.bindings());
    List<Frame.Merged> merged = new ArrayList<>(left.merged());
    merged.addAll(right.merged());
    return new Frame(bindings, merged, left.rows().and(right.rows()));
  }

  private static Frame shown(Relation.Join join, Frame left, Frame joined) {
    return switch (join.kind()) {
      case "SEMI", "ANTI" -> new Frame(left.bindings(), left.merged(), joined.rows());
      default -> joined;
    };
  }

  private static List<String> names(Relation.Join join, Frame left, Frame right) {
    if (!join.manner().equals("NATURAL")) {
      return join.using();
    }
    Set<String> there = new java.util.HashSet<>();
    right.star().forEach(located -> there.add(located.column().name().toLowerCase(Locale.ROOT)));
    return left.star().stream()
        .map(located -> located.column().name())
        .filter(name -> there.contains(name.toLowerCase(Locale.ROOT)))
        .distinct()
        .toList();
  }

  /// A NATURAL join over columns that are not known may join by any.
  private static boolean unlisted(Relation.Join join, Frame left, Frame right) {
    return join.manner().equals("NATURAL") && (left.rest().isPresent() || right.rest().isPresent());
  }

  /// The engine shows the left side's column, of a RIGHT join the right side's, of a FULL join
  /// whichever is not NULL.
  private static Frame.Merged merge(String kind, String name, Frame left, Frame right) {
    FlowColumn a = column(left, name);
    FlowColumn b = column(right, name);
    FlowColumn shown =
        switch (kind) {
          case "RIGHT" -> b.named(a.name());
          case "FULL", "OUTER" -> a.with(a.flow().and(b.flow()));
          default -> a;
        };
    Set<Binding> members = Frame.identities();
    members.addAll(members(left, name));
    members.addAll(members(right, name));
    return new Frame.Merged(shown, members);
  }

  private static Set<Binding> members(Frame frame, String name) {
    Optional<Frame.Merged> merged = frame.merged(name);
    if (merged.isPresent()) {
      return merged.get().members();
    }
    Set<Binding> members = Frame.identities();
    frame.bindings().stream()
        .filter(binding -> binding.columnOrRest(name).isPresent())
        .findFirst()
        .ifPresent(members::add);
    return members;
  }

  private static FlowColumn column(Frame frame, String name) {
    return Scope.outermost().inside(frame).resolve(List.of(name));
  }
}
