package dev.tarn.sql;

import dev.tarn.sql.FlowColumn.Value;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The types of values, as far as they are needed to know which columns a struct opens into.
final class ValueTypes {

  /// Functions that yield a value of the type of their first argument.
  private static final Set<String> SAME_AS_FIRST =
      Set.of(
          "first",
          "last",
          "any_value",
          "arbitrary",
          "min",
          "max",
          "arg_min",
          "arg_max",
          "min_by",
          "max_by",
          "argmin",
          "argmax",
          "mode",
          "lag",
          "lead",
          "first_value",
          "last_value",
          "nth_value",
          "list_filter",
          "list_sort",
          "list_distinct",
          "list_reverse",
          "list_slice",
          "array_slice",
          "filter",
          "list_concat",
          "ifnull",
          "nullif",
          "array_filter",
          "list_reverse_sort",
          "array_distinct",
          "list_resize",
          "greatest",
          "least");

  private static final Set<String> ELEMENT_OF_FIRST =
      Set.of(
          "unnest",
          "list_extract",
          "list_element",
          "array_extract",
          "list_first",
          "list_last",
          "list_any_value");

  private static final Set<String> LIST_OF_FIRST =
      Set.of("list", "array_agg", "list_value", "list_pack");

  private ValueTypes() {}

  static Optional<Type> ofCall(String name, List<String> argumentNames, List<Value> arguments) {
    if (name.equals("struct_pack")) {
      return struct(argumentNames, arguments.stream().map(Value::type).toList());
    }
    Optional<Type> first = arguments.isEmpty() ? Optional.empty() : arguments.getFirst().type();
    if (SAME_AS_FIRST.contains(name)) {
      return first;
    }
    if (ELEMENT_OF_FIRST.contains(name)) {
      return first.flatMap(ValueTypes::element);
    }
    return LIST_OF_FIRST.contains(name) ? first.map(Type.ListOf::new) : Optional.empty();
  }

  static Optional<Type> element(Type type) {
    return type instanceof Type.ListOf list ? Optional.of(list.element()) : Optional.empty();
  }

  static Optional<Type> field(Type type, String name) {
    return type instanceof Type.Struct struct
        ? struct.fields().stream()
            .filter(field -> field.name().equalsIgnoreCase(name))
            .map(Column::type)
            .findFirst()
        : Optional.empty();
  }

  /// The struct that a row is, when all its types are known.
  static Optional<Type> struct(Outputs outputs) {
    return outputs.rest().isPresent()
        ? Optional.empty()
        : struct(
            outputs.columns().stream().map(FlowColumn::name).toList(),
            outputs.columns().stream().map(FlowColumn::type).toList());
  }

  private static Optional<Type> struct(List<String> names, List<Optional<Type>> types) {
    List<Column> fields = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.isEmpty() || types.get(i).isEmpty() || !seen.add(name.toLowerCase(Locale.ROOT))) {
        return Optional.empty();
      }
      fields.add(Column.of(name, types.get(i).get()));
    }
    return fields.isEmpty() ? Optional.empty() : Optional.of(new Type.Struct(fields));
  }

  /// A struct as columns, one for each field; a value of unknown type opens into columns that are
  /// not known.
  static Outputs opened(Value value) {
    if (value.type().isPresent() && value.type().get() instanceof Type.Struct struct) {
      List<FlowColumn> columns =
          struct.fields().stream()
              .map(field -> new FlowColumn(field.name(), Optional.of(field.type()), value.flow()))
              .toList();
      return new Outputs(columns, Flow.NONE, Optional.empty());
    }
    FlowColumn unknown = new FlowColumn(SourceColumn.ALL, Optional.empty(), value.flow().asGuess());
    return new Outputs(List.of(unknown), Flow.NONE, Optional.empty());
  }

  /// A table's columns, each flowing from itself.
  static List<FlowColumn> columns(dev.tarn.vocabulary.TableName table, Schema schema) {
    return schema.columns().stream()
        .map(column ->
            new FlowColumn(
                column.name(),
                Optional.of(column.type()),
                Flow.of(new SourceColumn(table, column.name()))))
        .toList();
  }
}
