package dev.tarn.engine.duckdb;

import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/// Values of any type, with extremes and NULLs, the same for the same seed.
final class RandomValues {
  private static final String[] TEXTS = {
    "",
    "NULL",
    "null",
    "a\"b",
    "it's",
    "back\\slash",
    "a, b",
    "[x]",
    "{y=z}",
    "é漢😀",
    "line\nbreak",
    " space ",
    "\t",
    "x".repeat(300)
  };

  private final Random random;

  RandomValues(long seed) {
    random = new Random(seed);
  }

  List<List<Object>> rows(List<Column> columns, int count) {
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Object> row = new ArrayList<>();
      columns.forEach(column -> row.add(orNull(column.type())));
      rows.add(row);
    }
    return rows;
  }

  private Object orNull(Type type) {
    return random.nextInt(8) == 0 ? null : value(type);
  }

  private Object value(Type type) {
    return switch (type) {
      case Type.Decimal(int precision, int scale) -> {
        BigInteger limit = BigInteger.TEN.pow(precision);
        BigInteger unscaled = new BigInteger(1 + random.nextInt(126), random).mod(limit);
        yield new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), scale);
      }
      case Type.Struct(List<Column> fields) -> {
        Map<String, Object> struct = new LinkedHashMap<>();
        fields.forEach(field -> struct.put(field.name(), orNull(field.type())));
        yield struct;
      }
      case Type.ListOf(Type element) -> {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(orNull(element));
        }
        yield list;
      }
      case Type.MapOf(Type key, Type held) -> {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          map.put(value(key), orNull(held));
        }
        yield map;
      }
      case Type.Primitive primitive -> value(primitive);
    };
  }

  private Object value(Type.Primitive primitive) {
    return switch (primitive) {
      case BOOLEAN -> random.nextBoolean();
      case INTEGER -> random.nextInt(10) == 0 ? Integer.MIN_VALUE : random.nextInt();
      case BIGINT -> random.nextInt(10) == 0 ? Long.MAX_VALUE : random.nextLong();
      case FLOAT ->
          random.nextInt(10) == 0
              ? Float.NaN
              : random.nextInt(10) == 0
                  ? -0.0f
                  : Float.intBitsToFloat(random.nextInt() & 0x7effffff);
      case DOUBLE ->
          random.nextInt(10) == 0
              ? Double.NEGATIVE_INFINITY
              : random.nextGaussian() * Math.pow(10, random.nextInt(300) - 150);
      case DATE -> LocalDate.ofEpochDay(random.nextInt(1_000_000) - 750_000);
      case TIME -> LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000L) * 1000);
      case TIMESTAMP, TIMESTAMP_NS -> time();
      case TIMESTAMPTZ, TIMESTAMPTZ_NS -> time().atOffset(ZoneOffset.UTC);
      case VARCHAR, VARIANT ->
          TEXTS[random.nextInt(TEXTS.length)] + (random.nextBoolean() ? "" : random.nextInt());
      case UUID -> new UUID(random.nextLong(), random.nextLong());
      case BLOB -> {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        yield bytes;
      }
    };
  }

  private LocalDateTime time() {
    return LocalDateTime.of(1970, 1, 1, 0, 0)
        .plus(random.nextLong() >> 12 + random.nextInt(40), ChronoUnit.MICROS);
  }
}
