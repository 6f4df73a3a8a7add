package dev.tarn.sql;

import dev.tarn.sql.tree.Expression;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The type that a CAST names, as far as Tarn knows it.
final class CastType {
  private CastType() {}

  static Optional<Type> of(Expression.TypeName name) {
    return switch (name.path().getLast().toLowerCase(Locale.ROOT)) {
      case "struct" -> struct(name.parts());
      case "list", "array" -> part(name.parts(), 0).map(Type.ListOf::new);
      case "map" ->
          part(name.parts(), 0)
              .flatMap(key -> part(name.parts(), 1).map(value -> new Type.MapOf(key, value)));
      default -> name.parts().isEmpty() ? plain(name.path().getLast()) : Optional.empty();
    };
  }

  private static Optional<Type> part(List<Expression> parts, int index) {
    return index < parts.size() && parts.get(index) instanceof Expression.TypeName type
        ? of(type)
        : Optional.empty();
  }

  private static Optional<Type> struct(List<Expression> parts) {
    List<Column> fields = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Optional<Type> type = part(parts, i);
      if (type.isEmpty() || parts.get(i).alias().isEmpty()) {
        return Optional.empty();
      }
      fields.add(Column.of(parts.get(i).alias(), type.get()));
    }
    return fields.isEmpty() ? Optional.empty() : Optional.of(new Type.Struct(fields));
  }

  private static Optional<Type> plain(String name) {
    try {
      return Optional.of(Type.parse(name));
    } catch (Failure notKnown) {
      return Optional.empty();
    }
  }
}
