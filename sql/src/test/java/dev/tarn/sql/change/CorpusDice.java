package dev.tarn.sql.change;

import dev.tarn.sql.Query;
import dev.tarn.sql.ShopTables;
import dev.tarn.sql.change.ProofCase.Field;
import dev.tarn.sql.change.ProofCase.Row;
import dev.tarn.sql.change.ProofCase.StoredTable;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Throws rows for the tables of a query that is given.
final class CorpusDice {
  private static final int ROWS = 12;

  private final Dice dice;

  CorpusDice(long seed) {
    dice = new Dice(seed);
  }

  ProofCase of(Query query, String sql) {
    TreeSet<TableName> names = new TreeSet<>();
    query.tables().forEach(reference -> reference.table().ifPresent(names::add));
    List<StoredTable> tables = new ArrayList<>();
    for (TableName name : names) {
      ShopTables.schema(name).ifPresent(schema -> tables.add(table(name, schema)));
    }
    return new ProofCase(tables, Map.of(), sql, 1);
  }

  private StoredTable table(TableName name, Schema schema) {
    List<Field> fields =
        schema.columns().stream()
            .map(column -> new Field(column.name(), column.type().sql(), 0))
            .toList();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      List<String> values = schema.columns().stream().map(this::value).toList();
      int born = dice.once(5) ? 1 : 0;
      rows.add(new Row(values, born, born == 0 && dice.once(5) ? 1 : Row.STAYS));
    }
    return new StoredTable(name, fields, rows);
  }

  private String value(Column column) {
    return switch (column.name()) {
      case "payload" -> dice.of("'{\"id\": 1, \"items\": [1, 2]}'", "'{}'");
      case "order_id" -> "'" + dice.below(4) + "'";
      case "name" -> dice.of("'a'", "'b'");
      case String _ -> value(column.type());
    };
  }

  private String value(Type type) {
    if (dice.once(8)) {
      return "NULL";
    }
    return switch (type) {
      case Type.Struct struct ->
          struct.fields().stream()
              .map(field -> "'" + field.name() + "': " + value(field.type()))
              .collect(Collectors.joining(", ", "{", "}"));
      case Type.ListOf list -> "[" + value(list.element()) + ", " + value(list.element()) + "]";
      case Type.Decimal _ -> Kind.DEC.literal(dice);
      case Type.Primitive primitive -> primitive(primitive);
      case Type.MapOf _ -> "NULL";
    };
  }

  private String primitive(Type.Primitive primitive) {
    return switch (primitive) {
      case VARCHAR -> dice.of("'paid'", "'x'", "'DE'", "'1'", "'12'");
      case TIMESTAMP -> Kind.TIME.literal(dice);
      case INTEGER, BIGINT -> String.valueOf(dice.below(5));
      default -> dice.below(5) / 2.0 + "::DOUBLE";
    };
  }
}
