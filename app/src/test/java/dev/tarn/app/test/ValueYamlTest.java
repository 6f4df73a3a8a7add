package dev.tarn.app.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.app.project.Yaml;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Type;
import dev.tarn.vocabulary.Type.Primitive;
import dev.tarn.vocabulary.settings.Node;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever comes out of a model is read back as it was once it is written into a test.
class ValueYamlTest {
  private static final List<String> WORDS =
      List.of(
          "",
          " ",
          "null",
          "~",
          "NULL",
          "true",
          "no",
          "007",
          "1e3",
          "a: b",
          "- x",
          "#",
          "a #b",
          "[",
          "{}",
          "'",
          "\"",
          "\\",
          "\n",
          "a\nb\n",
          "\t",
          " x ",
          "\u0085",
          "\u2028",
          "ä",
          "\uD83D\uDE00",
          "2024-01-01",
          "%",
          "@",
          "!t",
          "&a",
          "*a",
          ",",
          "a,b",
          ".nan",
          "0x1F",
          "? x",
          "\u0007",
          "\r",
          "/a/b");
  private static final List<Type> SINGLE =
      List.of(
          Primitive.BOOLEAN,
          Primitive.INTEGER,
          Primitive.BIGINT,
          Primitive.FLOAT,
          Primitive.DOUBLE,
          Primitive.DATE,
          Primitive.TIME,
          Primitive.TIMESTAMP,
          Primitive.TIMESTAMPTZ,
          Primitive.VARCHAR,
          Primitive.UUID,
          Primitive.BLOB,
          new Type.Decimal(38, 10));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void a_row_is_read_back_from_a_list_and_from_a_csv(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      List<Column> columns = new ArrayList<>();
      List<Object> row = new ArrayList<>();
      for (int c = 0; c <= random.nextInt(6); c++) {
        Type type = type(random, 3);
        columns.add(Column.of(name(random) + c, type));
        row.add(value(random, type));
      }

      String yaml = ValueYaml.row(columns, row);
      String csv =
          columns.stream()
                  .map(column -> ValueYaml.csv(column.name()))
                  .reduce((a, b) -> a + "," + b)
                  .orElseThrow()
              + "\n"
              + row.stream().map(ValueYaml::csv).reduce((a, b) -> a + "," + b).orElseThrow();

      assertThat(read(yamlRow(yaml), columns, row)).as(yaml).isTrue();
      if (columns.size() > 1 || !csv.endsWith("\n")) {
        assertThat(read(csvRow(csv), columns, row)).as(csv).isTrue();
      }
    }
  }

  private static boolean read(WrittenRow written, List<Column> columns, List<Object> row) {
    Problems problems = new Problems();
    Values values = new Values(problems, false);
    List<Object> read = new ArrayList<>();
    for (Column column : columns) {
      read.add(values.read(written.cell(column.name()).orElseThrow(), column.type()));
    }
    assertThat(problems.all()).as(columns + " " + row).isEmpty();
    return new Same(0).rows(row, read);
  }

  private static WrittenRow yamlRow(String text) {
    Problems problems = new Problems();
    Node node = Yaml.read("x", 0, "- " + text + "\n", problems).orElseThrow();
    assertThat(problems.all()).as(text).isEmpty();
    Node.Mapping row = (Node.Mapping) ((Node.Sequence) node).items().getFirst();
    return new WrittenRow(row.at(), row.entries());
  }

  private static WrittenRow csvRow(String text) {
    Problems problems = new Problems();
    WrittenRows.Listed rows =
        new CsvText(text, line -> new Location("x", line, 0), problems)
            .read(Location.file("x"), new WrittenRows.Form.Csv());
    assertThat(problems.all()).as(text).isEmpty();
    return rows.rows().getFirst();
  }

  private static String name(Random random) {
    return List.of("a", "n", "no", "Group By", "x:y", "\"q\"", "ä,").get(random.nextInt(7));
  }

  private static Type type(Random random, int depth) {
    return switch (depth == 0 ? 9 : random.nextInt(10)) {
      case 0 -> new Type.ListOf(type(random, depth - 1));
      case 1 -> new Type.MapOf(Primitive.VARCHAR, type(random, depth - 1));
      case 2 ->
          new Type.Struct(
              IntStream.range(0, 1 + random.nextInt(3))
                  .mapToObj(i -> Column.of(name(random) + i, type(random, depth - 1)))
                  .toList());
      default -> SINGLE.get(random.nextInt(SINGLE.size()));
    };
  }

  private static Object value(Random random, Type type) {
    if (random.nextInt(6) == 0) {
      return null;
    }
    return switch (type) {
      case Type.ListOf(Type element) ->
          Arrays.asList(
              IntStream.range(0, random.nextInt(3))
                  .mapToObj(_ -> value(random, element))
                  .toArray());
      case Type.MapOf(Type _, Type held) -> {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < random.nextInt(3); i++) {
          map.put(text(random), value(random, held));
        }
        yield map;
      }
      case Type.Struct(List<Column> fields) -> {
        Map<Object, Object> map = new LinkedHashMap<>();
        fields.forEach(field -> map.put(field.name(), value(random, field.type())));
        yield map;
      }
      case Type.Decimal _ -> new BigDecimal(new BigInteger(80, random), random.nextInt(11));
      case Primitive primitive -> single(random, primitive);
    };
  }

  private static Object single(Random random, Primitive type) {
    OffsetDateTime time =
        OffsetDateTime.of(
            1 + random.nextInt(9998),
            2,
            3,
            random.nextInt(24),
            random.nextInt(60),
            7,
            1000 * random.nextInt(1_000_000),
            ZoneOffset.UTC);
    return switch (type) {
      case BOOLEAN -> random.nextBoolean();
      case INTEGER -> random.nextInt();
      case BIGINT -> random.nextLong();
      case FLOAT -> Float.intBitsToFloat(random.nextInt());
      case DOUBLE -> Double.longBitsToDouble(random.nextLong());
      case DATE -> LocalDate.ofEpochDay(random.nextInt(100_000));
      case TIME -> LocalTime.ofNanoOfDay(1000L * random.nextInt(86_400) * 1_000_000);
      case TIMESTAMP, TIMESTAMP_NS -> time.toLocalDateTime();
      case TIMESTAMPTZ, TIMESTAMPTZ_NS -> time;
      case VARCHAR, VARIANT -> text(random);
      case UUID -> new UUID(random.nextLong(), random.nextLong());
      case BLOB -> {
        byte[] bytes = new byte[random.nextInt(4)];
        random.nextBytes(bytes);
        yield bytes;
      }
    };
  }

  private static String text(Random random) {
    return random.nextInt(3) == 0
        ? WORDS.get(random.nextInt(WORDS.size())) + WORDS.get(random.nextInt(WORDS.size()))
        : WORDS.get(random.nextInt(WORDS.size()));
  }
}
