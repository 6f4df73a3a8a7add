package dev.tarn.sql;

import dev.tarn.sql.tree.ColumnName;
import dev.tarn.sql.tree.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The columns that `*`, `t.*` and COLUMNS(…) stand for.
final class StarLineage {
  private final LineageWalk walk;

  StarLineage(LineageWalk walk) {
    this.walk = walk;
  }

  Outputs columns(Expression.Star star, Scope scope) {
    List<FlowColumn> columns = new ArrayList<>();
    for (Frame.Located located : candidates(star, scope)) {
      if (star.excluded().stream().noneMatch(name -> names(name, located))) {
        columns.add(changed(star, located, scope));
      }
    }
    Optional<Rest> rest = rest(star, scope);
    Outputs all = new Outputs(columns, Flow.NONE, rest);
    return star.pattern().isPresent() ? matching(star.pattern().get(), all) : all;
  }

  private List<Frame.Located> candidates(Expression.Star star, Scope scope) {
    if (star.relation().isEmpty()) {
      return scope.frame().star();
    }
    Optional<Outputs> opened = scope.opened(star.relation());
    if (opened.isEmpty()) {
      FlowColumn guess =
          new FlowColumn(SourceColumn.ALL, Optional.empty(), scope.frame().everything().asGuess());
      return List.of(new Frame.Located(nameless(), guess));
    }
    Binding binding = new Binding(List.of(star.relation()), opened.get());
    return opened.get().columns().stream()
        .map(column -> new Frame.Located(binding, column))
        .toList();
  }

  private static Binding nameless() {
    return new Binding(List.of(), new Outputs(List.of(), Flow.NONE, Optional.empty()));
  }

  private static Optional<Rest> rest(Expression.Star star, Scope scope) {
    return star.relation().isEmpty()
        ? scope.frame().rest()
        : scope.opened(star.relation()).flatMap(Outputs::rest);
  }

  private FlowColumn changed(Expression.Star star, Frame.Located located, Scope scope) {
    FlowColumn column = located.column();
    for (Expression.Star.Replacement replacement : star.replaced()) {
      if (replacement.column().equalsIgnoreCase(column.name())) {
        FlowColumn.Value value = walk.expressions().value(replacement.expression(), scope);
        return new FlowColumn(replacement.column(), value.type(), value.flow());
      }
    }
    for (Expression.Star.Renaming renaming : star.renamed()) {
      if (names(renaming.column(), located)) {
        return column.named(renaming.name());
      }
    }
    return column;
  }

  private static boolean names(ColumnName name, Frame.Located located) {
    return name.column().equalsIgnoreCase(located.column().name())
        && (name.table().isEmpty() || located.binding().isNamed(List.of(name.table())));
  }

  private static Outputs matching(Expression pattern, Outputs all) {
    List<FlowColumn> kept = new ArrayList<>();
    NameFilter filter = NameFilter.of(pattern);
    for (FlowColumn column : all.columns()) {
      Optional<Boolean> matches = filter.matches(column.name());
      if (matches.isEmpty()) {
        FlowColumn guess =
            new FlowColumn(SourceColumn.ALL, Optional.empty(), all.everything().asGuess());
        return new Outputs(List.of(guess), Flow.NONE, Optional.empty());
      }
      if (matches.get()) {
        kept.add(column);
      }
    }
    return new Outputs(kept, Flow.NONE, all.rest());
  }
}
