package dev.tarn.ingest.files;

import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Type;
import dev.tarn.vocabulary.Type.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The type that a column must become so that values of another type fit in, by Iceberg's rules:
/// `INTEGER` to `BIGINT`, `FLOAT` to `DOUBLE`, decimals of the same scale to more digits, structs
/// to more fields.
final class Widening {

  private Widening() {}

  /// Empty when there is none.
  static Optional<Type> of(Type table, Type file) {
    if (table.equals(file) || fits(file, table)) {
      return Optional.of(table);
    }
    if (fits(table, file)) {
      return Optional.of(file);
    }
    return switch (table) {
      case Type.Struct(List<Column> fields) when file instanceof Type.Struct(List<Column> others) ->
          struct(fields, others);
      case Type.ListOf(Type element) when file instanceof Type.ListOf(Type other) ->
          of(element, other).map(Type.ListOf::new);
      case Type.MapOf(Type key, Type value)
          when file instanceof Type.MapOf(Type otherKey, Type other) && key.equals(otherKey) ->
          of(value, other).map(wide -> new Type.MapOf(key, wide));
      case Type.Struct _, Type.ListOf _, Type.MapOf _, Type.Primitive _, Type.Decimal _ ->
          Optional.empty();
    };
  }

  private static boolean fits(Type from, Type into) {
    if (from instanceof Type.Decimal(int digits, int scale)
        && into instanceof Type.Decimal(int more, int same)) {
      return scale == same && digits <= more;
    }
    return from == Primitive.INTEGER && into == Primitive.BIGINT
        || from == Primitive.FLOAT && into == Primitive.DOUBLE;
  }

  private static Optional<Type> struct(List<Column> fields, List<Column> others) {
    List<Column> merged = new ArrayList<>();
    for (Column field : fields) {
      Optional<Column> other = named(others, field.name());
      Optional<Type> type =
          other.isEmpty() ? Optional.of(field.type()) : of(field.type(), other.get().type());
      if (type.isEmpty()) {
        return Optional.empty();
      }
      merged.add(Column.of(field.name(), type.get()));
    }
    others.stream().filter(other -> named(fields, other.name()).isEmpty()).forEach(merged::add);
    return Optional.of(new Type.Struct(merged));
  }

  /// What a file's JSON is read as: where other files have text, its own numbers can stay numbers
  /// when the table has numbers too.
  static Type readAs(Type file, Type common, Type table) {
    if (file instanceof Type.Struct(List<Column> own)
        && common instanceof Type.Struct(List<Column> shared)
        && table instanceof Type.Struct(List<Column> wanted)) {
      return new Type.Struct(shared.stream().map(field -> readAs(own, field, wanted)).toList());
    }
    return common == Primitive.VARCHAR && isNumber(file) && isNumber(table) ? file : common;
  }

  private static Column readAs(List<Column> own, Column shared, List<Column> wanted) {
    Optional<Column> mine = named(own, shared.name());
    Optional<Column> target = named(wanted, shared.name());
    return mine.isEmpty() || target.isEmpty()
        ? shared
        : Column.of(shared.name(), readAs(mine.get().type(), shared.type(), target.get().type()));
  }

  private static boolean isNumber(Type type) {
    return switch (type) {
      case Type.Decimal _ -> true;
      case Primitive primitive ->
          primitive == Primitive.INTEGER
              || primitive == Primitive.BIGINT
              || primitive == Primitive.FLOAT
              || primitive == Primitive.DOUBLE;
      case Type.Struct _, Type.ListOf _, Type.MapOf _ -> false;
    };
  }

  private static Optional<Column> named(List<Column> columns, String name) {
    return columns.stream().filter(column -> column.name().equalsIgnoreCase(name)).findFirst();
  }
}
