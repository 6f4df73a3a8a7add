package dev.tarn.app.ask;

import dev.tarn.app.run.Opened;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.Type;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One of Tarn's own tables.
record SystemTable(String name, Schema schema, Rows rows) {

  /// Works the rows out, anew for each question.
  @FunctionalInterface
  interface Rows {
    List<List<@Nullable Object>> of(Opened opened);
  }

  /// A table with columns written as `name TYPE`.
  static SystemTable of(String name, Rows rows, String... columns) {
    List<Column> parsed = new ArrayList<>();
    for (String column : columns) {
      int space = column.indexOf(' ');
      parsed.add(Column.of(column.substring(0, space), Type.parse(column.substring(space + 1))));
    }
    return new SystemTable(name, new Schema(parsed), rows);
  }

  /// A row; values may be null.
  static List<@Nullable Object> row(@Nullable Object... values) {
    List<@Nullable Object> row = new ArrayList<>(values.length);
    for (Object value : values) {
      row.add(value instanceof Instant at ? time(at) : value);
    }
    return row;
  }

  static @Nullable Object orNull(Optional<?> value) {
    return value.isPresent() && value.get() instanceof Instant at ? time(at) : value.orElse(null);
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }
}
