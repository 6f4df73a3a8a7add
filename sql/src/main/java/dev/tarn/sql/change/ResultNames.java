package dev.tarn.sql.change;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tarn.sql.tree.Expression;
import dev.tarn.sql.tree.QueryBody;
import dev.tarn.sql.tree.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The names under which a SELECT hands on what it reads.
record ResultNames(Snippets snippets, QueryBody.Select select) {

  /// The names of these expressions over FROM; empty when not all of them are handed on as they
  /// are.
  Optional<List<String>> of(List<JsonNode> parts) {
    return all(parts.stream().map(this::named).toList());
  }

  /// The names of these columns of a relation in FROM.
  Optional<List<String>> of(String relation, List<String> columns) {
    return all(columns.stream().map(column -> handed(relation, column)).toList());
  }

  private Optional<List<String>> all(List<Optional<String>> names) {
    List<String> all = new ArrayList<>();
    names.forEach(name -> name.filter(this::once).ifPresent(all::add));
    return all.size() == names.size() ? Optional.of(all) : Optional.empty();
  }

  /// Whether no other column of the result has the name.
  private boolean once(String name) {
    long stars = select.items().stream().filter(Expression.Star.class::isInstance).count();
    long named =
        select.items().stream()
            .filter(item -> !(item instanceof Expression.Star))
            .filter(item -> name(item).equalsIgnoreCase(name))
            .count();
    return stars + named == 1;
  }

  private Optional<String> named(JsonNode part) {
    String form = Forms.text(part);
    for (Expression item : select.items()) {
      if (Forms.text(item.origin().json()).equals(form)) {
        return Optional.of(name(item));
      }
    }
    JsonNode names = part.path("column_names");
    boolean column = names.isArray() && !names.isEmpty();
    return column && alone() ? starred(names.path(names.size() - 1).asText()) : Optional.empty();
  }

  private boolean alone() {
    return select.from() instanceof Relation.Table || select.from() instanceof Relation.Subquery;
  }

  private Optional<String> handed(String relation, String column) {
    for (Expression item : select.items()) {
      if (item instanceof Expression.ColumnRef reference
          && column.equalsIgnoreCase(reference.path().getLast())
          && (reference.path().size() == 1 && !merges(select.from(), column)
              || reference.path().size() == 2
                  && reference.path().getFirst().equalsIgnoreCase(relation))) {
        return Optional.of(name(item));
      }
    }
    return starred(relation, column);
  }

  /// Whether the unqualified name may be that of a column made of two.
  private static boolean merges(Relation relation, String column) {
    return relation instanceof Relation.Join join
        && (join.manner().equals("NATURAL")
            || join.using().stream().anyMatch(column::equalsIgnoreCase)
            || merges(join.left(), column)
            || merges(join.right(), column));
  }

  private Optional<String> starred(String column) {
    return stars()
        .filter(star -> star.relation().isEmpty() || alone())
        .flatMap(star -> plainly(star, column));
  }

  private Optional<String> starred(String relation, String column) {
    return stars()
        .filter(star ->
            star.relation().isEmpty() ? alone() : star.relation().equalsIgnoreCase(relation))
        .flatMap(star -> plainly(star, column));
  }

  private Optional<Expression.Star> stars() {
    return select.items().stream()
        .filter(Expression.Star.class::isInstance)
        .map(Expression.Star.class::cast)
        .filter(star -> !star.columns() && star.pattern().isEmpty())
        .findFirst();
  }

  private static Optional<String> plainly(Expression.Star star, String column) {
    boolean changed =
        star.excluded().stream().anyMatch(name -> name.column().equalsIgnoreCase(column))
            || star.replaced().stream().anyMatch(one -> one.column().equalsIgnoreCase(column))
            || star.renamed().stream()
                .anyMatch(one ->
                    one.column().column().equalsIgnoreCase(column)
                        || one.name().equalsIgnoreCase(column));
    return changed ? Optional.empty() : Optional.of(column);
  }

  private String name(Expression item) {
    if (!item.alias().isEmpty()) {
      return item.alias();
    }
    return item instanceof Expression.ColumnRef column
        ? column.path().getLast()
        : snippets.expression(item);
  }
}
