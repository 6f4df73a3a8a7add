package dev.tarn.engine.duckdb;

import dev.tarn.lake.FieldNode;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Gives columns field ids as Iceberg does: a level at a time.
public final class Fields {

  private Fields() {}

  public static List<FieldNode> of(List<Column> columns) {
    return level(columns, new AtomicInteger());
  }

  public static IntStream ids(List<FieldNode> fields) {
    return fields.stream()
        .flatMapToInt(field -> IntStream.concat(IntStream.of(field.id()), ids(field.children())));
  }

  private static List<FieldNode> level(List<Column> columns, AtomicInteger last) {
    List<Integer> ids = columns.stream().map(_ -> last.incrementAndGet()).toList();
    List<FieldNode> fields = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      fields.add(
          new FieldNode(
              ids.get(i),
              column.name(),
              column.type(),
              column.required(),
              level(parts(column.type()), last)));
    }
    return fields;
  }

  private static List<Column> parts(Type type) {
    return switch (type) {
      case Type.Primitive _, Type.Decimal _ -> List.of();
      case Type.Struct(List<Column> fields) -> fields;
      case Type.ListOf(Type element) -> List.of(Column.of("element", element));
      case Type.MapOf(Type key, Type held) ->
          List.of(new Column("key", key, true), Column.of("value", held));
    };
  }
}
