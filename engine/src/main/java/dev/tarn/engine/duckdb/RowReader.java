package dev.tarn.engine.duckdb;

import dev.tarn.engine.EngineColumn;
import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/// Turns what DuckDB's driver returns into the plain Java values that [dev.tarn.engine.Rows]
/// promises.
final class RowReader {
  private static final int INFINITE_YEAR = 290_000;

  private final ResultSet result;
  private final List<EngineColumn> columns;
  private final boolean[] timestamps;

  RowReader(ResultSet result) throws SQLException {
    this.result = result;
    this.columns = columns(result.getMetaData());
    this.timestamps = new boolean[columns.size()];
    for (int i = 0; i < timestamps.length; i++) {
      String type = columns.get(i).type();
      timestamps[i] =
          type.startsWith("TIMESTAMP")
              && !type.endsWith("ZONE")
              && !type.startsWith("TIMESTAMPTZ")
              && !type.endsWith("]");
    }
  }

  static List<EngineColumn> columns(ResultSetMetaData metadata) throws SQLException {
    List<EngineColumn> columns = new ArrayList<>();
    for (int i = 1; i <= metadata.getColumnCount(); i++) {
      columns.add(new EngineColumn(metadata.getColumnName(i), metadata.getColumnTypeName(i)));
    }
    return List.copyOf(columns);
  }

  List<EngineColumn> columns() {
    return columns;
  }

  /// The current row into `row`, which is emptied first.
  void read(List<@Nullable Object> row) throws SQLException {
    row.clear();
    for (int i = 0; i < timestamps.length; i++) {
      row.add(timestamps[i] ? timestamp(i + 1) : plain(value(i + 1)));
    }
  }

  private @Nullable Object timestamp(int column) throws SQLException {
    LocalDateTime value = result.getObject(column, LocalDateTime.class);
    return value == null ? null : plain(value);
  }

  /// The one time that has no Java value is the end of a day.
  private @Nullable Object value(int column) throws SQLException {
    try {
      Object value = result.getObject(column);
      return value instanceof String text && columns.get(column - 1).type().equals("TIMESTAMPTZ_NS")
          ? nanoseconds(text)
          : value;
    } catch (DateTimeException _) {
      return "24:00:00";
    }
  }

  /// The driver gives these as text.
  private static Object nanoseconds(String text) {
    return text.endsWith("+00")
        ? OffsetDateTime.parse(text.replace(' ', 'T').replaceAll("[+]00$", "Z"))
        : text;
  }

  private static @Nullable Object plain(@Nullable Object value) throws SQLException {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Byte number -> number.intValue();
      case Short number -> number.intValue();
      case Number number -> number;
      case Boolean truth -> truth;
      case Timestamp time -> plain(time.toLocalDateTime());
      case LocalDateTime time -> infinite(time.getYear(), time);
      case LocalDate date -> infinite(date.getYear(), date);
      case LocalTime time -> time;
      case OffsetDateTime time ->
          infinite(time.getYear(), time.withOffsetSameInstant(ZoneOffset.UTC));
      case UUID id -> id;
      case Blob blob -> blob.getBytes(1, (int) blob.length());
      case Array array -> list((Object[]) array.getArray());
      case DuckDBStruct struct -> map(struct.getMap());
      case Map<?, ?> map -> map(map);
      case List<?> list -> list(list.toArray());
      default -> value.toString();
    };
  }

  /// DuckDB's infinities lie in years no one means.
  private static Object infinite(int year, Object value) {
    if (year >= INFINITE_YEAR) {
      return "infinity";
    }
    return year <= -INFINITE_YEAR ? "-infinity" : value;
  }

  private static List<@Nullable Object> list(@Nullable Object[] elements) throws SQLException {
    List<@Nullable Object> list = new ArrayList<>(elements.length);
    for (Object element : elements) {
      list.add(plain(element));
    }
    return list;
  }

  private static Map<@Nullable Object, @Nullable Object> map(Map<?, ?> entries)
      throws SQLException {
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : entries.entrySet()) {
      map.put(plain(entry.getKey()), plain(entry.getValue()));
    }
    return map;
  }
}
