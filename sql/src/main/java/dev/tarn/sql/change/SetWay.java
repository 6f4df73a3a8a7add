package dev.tarn.sql.change;

import dev.tarn.sql.tree.QueryBody;
import dev.tarn.vocabulary.Identifiers;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// UNION, EXCEPT and INTERSECT: how often a row is in the result depends on how often that row is
/// in the parts, so only rows can change that changed in a part.
record SetWay(QueryBody.SetOperation operation, Way way) implements Way {

  @Override
  public Optional<Keyed> keyed() {
    return Optional.empty();
  }

  @Override
  public Signed signed(Step step) {
    Signed part = way.signed(step);
    String before = step.snippets().body(step.state(false).applied(operation));
    Kept shape = step.bench().keep("SELECT * FROM (" + before + ") AS part WHERE false");
    if (part.isEmpty()) {
      return new Signed(shape, shape);
    }
    Kept changed =
        step.bench().keep(typed(shape, part.gone()) + " UNION " + typed(shape, part.come()));
    String after = step.snippets().body(step.state(true).applied(operation));
    return Way.net(step.bench(), only(before, shape, changed), only(after, shape, changed));
  }

  /// Rows of a part, as the result has them.
  private static String typed(Kept shape, Kept rows) {
    List<String> columns = shape.columns();
    String keys =
        IntStream.range(0, columns.size())
            .mapToObj(i -> Identifiers.quote(columns.get(i)) + " AS " + Snippets.key(i))
            .collect(Collectors.joining(", "));
    return "SELECT "
        + keys
        + " FROM (SELECT * FROM "
        + shape.sql()
        + " UNION ALL SELECT * FROM "
        + rows.sql()
        + ") AS typed";
  }

  private static String only(String sql, Kept shape, Kept changed) {
    List<String> values =
        shape.columns().stream().map(column -> "part." + Identifiers.quote(column)).toList();
    return "SELECT * FROM (" + sql + ") AS part WHERE " + Snippets.among(values, changed, true);
  }
}
