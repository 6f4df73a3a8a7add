package dev.tarn.engine.duckdb;

import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.Type;
import dev.tarn.vocabulary.Type.Primitive;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// Rows held in memory, put into a table of the instance.
///
/// @param query reads them with the types they are to have
record StoredRows(String table, String query) {
  private static final String SCHEMA = "__tarn_rows";
  static final String MAKE_SCHEMA = "CREATE SCHEMA IF NOT EXISTS " + SCHEMA;

  /// A name that no table has yet.
  static String newTable() {
    return SCHEMA + ".t" + UUID.randomUUID().toString().replace("-", "");
  }

  /// Texts are appended as texts and cast on reading, numbers and times as they are.
  static StoredRows store(
      DuckDBConnection connection, Schema schema, List<List<@Nullable Object>> rows)
      throws SQLException {
    String table = newTable();
    String columns =
        schema.columns().stream()
            .map(column -> Identifiers.quote(column.name()) + " " + stored(column.type()))
            .collect(Collectors.joining(", "));
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE " + table + " (" + columns + ")");
    }
    try (DuckDBAppender appender =
        connection.createAppender(SCHEMA, table.substring(SCHEMA.length() + 1))) {
      for (List<@Nullable Object> row : rows) {
        append(appender, schema.columns(), row);
      }
    }
    return new StoredRows(table, "SELECT " + casts(schema) + " FROM " + table);
  }

  /// The columns, each with the type it is to have.
  static String casts(Schema schema) {
    return schema.columns().stream().map(StoredRows::cast).collect(Collectors.joining(", "));
  }

  private static String cast(Column column) {
    String name = Identifiers.quote(column.name());
    return "CAST(" + name + " AS " + column.type().sql() + ") AS " + name;
  }

  private static String stored(Type type) {
    return switch (type) {
      case Primitive.BOOLEAN,
          Primitive.INTEGER,
          Primitive.BIGINT,
          Primitive.DOUBLE,
          Primitive.TIMESTAMP,
          Primitive.TIMESTAMPTZ ->
          type.sql();
      default -> "VARCHAR";
    };
  }

  private static void append(
      DuckDBAppender appender, List<Column> columns, List<@Nullable Object> row)
      throws SQLException {
    appender.beginRow();
    for (int i = 0; i < columns.size(); i++) {
      Object value = row.get(i);
      if (value == null) {
        appender.appendNull();
      } else {
        append(appender, columns.get(i).type(), value);
      }
    }
    appender.endRow();
  }

  private static void append(DuckDBAppender appender, Type type, Object value) throws SQLException {
    switch (type) {
      case Primitive.BOOLEAN -> appender.append(((Boolean) value).booleanValue());
      case Primitive.INTEGER -> appender.append(((Number) value).intValue());
      case Primitive.BIGINT -> appender.append(((Number) value).longValue());
      case Primitive.DOUBLE -> appender.append(((Number) value).doubleValue());
      case Primitive.TIMESTAMP -> appender.append(local(value));
      case Primitive.TIMESTAMPTZ -> appender.append(zoned(value));
      default -> appender.append(text(type, value, false));
    }
  }

  private static LocalDateTime local(Object value) {
    return value instanceof Instant instant
        ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC)
        : (LocalDateTime) value;
  }

  private static OffsetDateTime zoned(Object value) {
    return value instanceof Instant instant
        ? instant.atOffset(ZoneOffset.UTC)
        : (OffsetDateTime) value;
  }

  /// As DuckDB reads it when cast; texts within lists, structs and maps are quoted.
  private static String text(Type type, @Nullable Object value, boolean nested) {
    return switch (value) {
      case null -> "NULL";
      case byte[] bytes ->
          quoted(HexFormat.of().withUpperCase().withPrefix("\\x").formatHex(bytes), nested);
      case List<?> list when type instanceof Type.ListOf(Type element) ->
          list.stream()
              .map(held -> text(element, held, true))
              .collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> map when type instanceof Type.MapOf(Type key, Type held) ->
          map.entrySet().stream()
              .map(entry ->
                  text(key, entry.getKey(), true) + "=" + text(held, entry.getValue(), true))
              .collect(Collectors.joining(", ", "{", "}"));
      case Map<?, ?> map when type instanceof Type.Struct(List<Column> fields) ->
          fields.stream()
              .map(field ->
                  quoted(field.name(), true)
                      + ": "
                      + text(field.type(), map.get(field.name()), true))
              .collect(Collectors.joining(", ", "{", "}"));
      case BigDecimal number -> number.toPlainString();
      default -> quoted(value.toString(), nested);
    };
  }

  private static String quoted(String text, boolean nested) {
    return nested ? "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"" : text;
  }
}
