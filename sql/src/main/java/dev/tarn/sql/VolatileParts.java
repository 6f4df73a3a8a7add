package dev.tarn.sql;

import dev.tarn.sql.tree.Expression;
import dev.tarn.sql.tree.SqlNode;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Which parts of a query are not the same twice.
final class VolatileParts {

  /// Names that the engine reads as functions when no column is named so.
  static final Set<String> NAMES_WITHOUT_BRACKETS =
      Set.of(
          "current_date",
          "current_time",
          "current_timestamp",
          "localtime",
          "localtimestamp",
          "current_user",
          "user",
          "session_user",
          "current_role",
          "current_schema",
          "current_catalog");

  private VolatileParts() {}

  /// The name of what changes; empty when nothing here does.
  static Optional<String> name(SqlNode node) {
    return switch (node) {
      case Expression.FunctionCall call -> filed(call.name());
      case Expression.ColumnRef column when column.path().size() == 1 ->
          filed(column.path().getFirst());
      case SqlNode other when other.origin().json().path("sample").isObject() ->
          Optional.of("sample");
      case SqlNode _ -> Optional.empty();
    };
  }

  private static Optional<String> filed(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return FunctionCatalog.builtIn().category(lower).equals("volatile")
        ? Optional.of(lower)
        : Optional.empty();
  }
}
