package dev.tarn.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.engine.EngineSettings;
import dev.tarn.lake.FieldNode;
import dev.tarn.lake.Matching;
import dev.tarn.lake.PartitionKey;
import dev.tarn.lake.Scan;
import dev.tarn.lake.ScanFile;
import dev.tarn.lake.Transform;
import dev.tarn.lake.WriteTarget;
import dev.tarn.lake.WrittenFile;
import dev.tarn.vocabulary.ByteSize;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.transforms.Transforms;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Partition values are those of Iceberg's own transforms, for thousands of values of each type.
class PartitionTransformTest {
  private static final TableName TABLE = TableName.parse("silver.parts");
  private static final int VALUES = 3000;
  private static final List<String> STRANGE_TEXTS =
      List.of(
          "",
          "x",
          "h",
          "__HIVE_DEFAULT_PARTITION__",
          "a/b=c d%é😀",
          "A/B",
          "NULL",
          "ä".repeat(200),
          "ä".repeat(201),
          "y".repeat(80),
          "y".repeat(81),
          "../..",
          "a\nb'\"");

  @TempDir Path folder;

  record Case(
      String name,
      Type type,
      org.apache.iceberg.types.Type iceberg,
      java.util.function.Function<Random, Object> value) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.concat(numbersAndDays(), timesAndTexts());
  }

  private static Stream<Case> numbersAndDays() {
    return Stream.of(
        new Case(
            "integer",
            Type.parse("integer"),
            Types.IntegerType.get(),
            PartitionTransformTest::number),
        new Case(
            "bigint",
            Type.parse("bigint"),
            Types.LongType.get(),
            random ->
                random.nextInt(9) == 0
                    ? Long.MIN_VALUE + random.nextInt(3)
                    : random.nextInt(9) == 1
                        ? Long.MAX_VALUE - random.nextInt(3)
                        : random.nextLong() >> random.nextInt(64)),
        new Case(
            "decimal(9,2)",
            Type.parse("decimal(9,2)"),
            Types.DecimalType.of(9, 2),
            random ->
                new BigDecimal(
                    BigInteger.valueOf((random.nextLong() >> random.nextInt(64)) % 999_999_999L),
                    2)),
        new Case(
            "decimal(38,0)",
            Type.parse("decimal(38,0)"),
            Types.DecimalType.of(38, 0),
            random ->
                new BigDecimal(new BigInteger(1 + random.nextInt(120), random))
                    .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1))),
        new Case(
            "date",
            Type.parse("date"),
            Types.DateType.get(),
            random -> LocalDate.ofEpochDay(random.nextInt(80_000) - 40_000)));
  }

  private static Stream<Case> timesAndTexts() {
    return Stream.of(
        new Case(
            "time",
            Type.parse("time"),
            Types.TimeType.get(),
            random -> java.time.LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000L) * 1000)),
        new Case(
            "timestamp",
            Type.parse("timestamp"),
            Types.TimestampType.withoutZone(),
            PartitionTransformTest::time),
        new Case(
            "timestamptz",
            Type.parse("timestamptz"),
            Types.TimestampType.withZone(),
            random -> time(random).atOffset(ZoneOffset.UTC)),
        new Case(
            "varchar", Type.parse("varchar"), Types.StringType.get(), PartitionTransformTest::text),
        new Case(
            "uuid",
            Type.parse("uuid"),
            Types.UUIDType.get(),
            random -> new UUID(random.nextLong(), random.nextLong())),
        new Case("blob", Type.parse("blob"), Types.BinaryType.get(), PartitionTransformTest::bytes),
        new Case("boolean", Type.parse("boolean"), Types.BooleanType.get(), Random::nextBoolean));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void every_transform_of_a_type_gives_what_iceberg_gives(Case type) {
    List<Transform> transforms =
        List.of(
            new Transform.Identity(),
            new Transform.Bucket(16),
            new Transform.Truncate(3),
            new Transform.Year(),
            new Transform.Month(),
            new Transform.Day(),
            new Transform.Hour());
    Random random = new Random(42);
    List<List<Object>> rows = new ArrayList<>();
    rows.add(new ArrayList<>(java.util.Arrays.asList(0, null)));
    for (int i = 1; i < VALUES; i++) {
      rows.add(List.of(i, type.value().apply(random)));
    }
    FieldNode id = new FieldNode(1, "id", Type.Primitive.INTEGER, false, List.of());
    FieldNode column = new FieldNode(2, "v", type.type(), false, List.of());
    try (DuckDbEngine engine =
            new DuckDbEngine(
                new EngineSettings(
                    new ByteSize(1L << 30), 2, folder.resolve("tmp"), new ByteSize(1L << 30)));
        EngineSession session = engine.open();
        EngineConnection connection = session.connect()) {
      session.exposeRows(
          TableName.parse("given.rows"),
          new dev.tarn.vocabulary.Schema(List.of(id.column(), column.column())),
          rows);
      for (Transform transform : transforms) {
        var oracle = oracle(transform);
        if (oracle.canTransform(type.iceberg())) {
          var bound = oracle.bind(type.iceberg());
          String sql = PartitionSql.value(new PartitionKey("v", transform), column);
          for (List<Object> row :
              connection.query("SELECT id, " + sql + " FROM given.rows", VALUES).rows()) {
            Object value = rows.get((Integer) row.get(0)).get(1);
            Object expected = value == null ? null : bound.apply(internal(value));
            Object actual =
                row.get(1) == null ? null : parsed((String) row.get(1), transform, type.iceberg());
            assertThat(actual).as("%s of %s", transform, value).isEqualTo(expected);
          }
        }
      }
    }
  }

  @Test
  void each_file_holds_the_rows_of_its_partition_and_no_others() {
    WriteTarget target =
        new WriteTarget(
            TABLE,
            folder,
            List.of(
                new FieldNode(1, "id", Type.Primitive.INTEGER, false, List.of()),
                new FieldNode(2, "at", Type.Primitive.TIMESTAMPTZ, false, List.of())),
            List.of(
                new PartitionKey("ID", new Transform.Bucket(4)),
                new PartitionKey("at", new Transform.Year())),
            List.of(),
            1 << 24);
    String sql =
        "SELECT range AS id, CASE WHEN range % 10 > 0 THEN make_timestamptz((range - 5000) * 86400000000) END AS at FROM range(10000)";
    try (DuckDbEngine engine =
            new DuckDbEngine(
                new EngineSettings(
                    new ByteSize(1L << 30), 2, folder.resolve("tmp"), new ByteSize(1L << 30)));
        EngineSession session = engine.open();
        EngineConnection connection = session.connect()) {

      List<WrittenFile> files = connection.write(sql, target);

      assertThat(files.stream().mapToLong(WrittenFile::rows).sum()).isEqualTo(10_000);
      assertThat(files.stream().map(WrittenFile::partition).distinct()).hasSizeBetween(100, 140);
      for (WrittenFile file : files) {
        session.expose(
            new Scan(
                TABLE,
                1,
                target.columns(),
                List.of(
                    new ScanFile(
                        file.path(), file.rows(), file.bytes(), Optional.of(file.crc32c()))),
                Matching.NAMES));
        for (List<Object> row : connection.query("SELECT * FROM silver.parts", 10_000).rows()) {
          Integer bucket =
              (Integer) Transforms.bucket(4).bind(Types.IntegerType.get()).apply(row.get(0));
          Optional<Object> year =
              Optional.ofNullable((OffsetDateTime) row.get(1)).map(time -> time.getYear() - 1970);
          assertThat(file.partition())
              .isEqualTo(List.of(Optional.of(bucket.toString()), year.map(Object::toString)));
        }
      }
    }
  }

  @Test
  void long_and_strange_texts_are_partitions_of_their_own() {
    WriteTarget target =
        new WriteTarget(
            TABLE,
            folder,
            List.of(new FieldNode(1, "t", Type.Primitive.VARCHAR, false, List.of())),
            List.of(
                new PartitionKey("t", new Transform.Identity()),
                new PartitionKey("t", new Transform.Truncate(1))),
            List.of(),
            1 << 24);
    String values =
        String.join(
            ", ",
            STRANGE_TEXTS.stream().map(text -> "(" + Identifiers.literal(text) + ")").toList());
    try (DuckDbEngine engine =
            new DuckDbEngine(
                new EngineSettings(
                    new ByteSize(1L << 30), 2, folder.resolve("tmp"), new ByteSize(1L << 30)));
        EngineSession session = engine.open();
        EngineConnection connection = session.connect()) {

      List<WrittenFile> files =
          connection.write("SELECT * FROM (VALUES " + values + ", (NULL)) AS v(t)", target);

      assertThat(files)
          .hasSize(STRANGE_TEXTS.size() + 1)
          .allMatch(file -> file.rows() == 1)
          .allMatch(file -> file.path().getParent().equals(folder));
      assertThat(
              files.stream()
                  .map(file -> file.partition().get(0))
                  .filter(Optional::isPresent)
                  .map(Optional::get))
          .containsExactlyInAnyOrderElementsOf(STRANGE_TEXTS);
      assertThat(files)
          .filteredOn(file -> file.partition().get(0).isEmpty())
          .singleElement()
          .satisfies(file ->
              assertThat(file.partition()).isEqualTo(List.of(Optional.empty(), Optional.empty())));
      assertThat(files)
          .filteredOn(file -> file.partition().get(0).orElse("").startsWith("ä"))
          .allSatisfy(file -> assertThat(file.partition().get(1)).contains("ä"));
    }
  }

  @SuppressWarnings("unchecked")
  private static org.apache.iceberg.transforms.Transform<Object, Object> oracle(
      Transform transform) {
    return (org.apache.iceberg.transforms.Transform<Object, Object>)
        (org.apache.iceberg.transforms.Transform<?, ?>)
            switch (transform) {
              case Transform.Identity() -> Transforms.identity();
              case Transform.Year() -> Transforms.year();
              case Transform.Month() -> Transforms.month();
              case Transform.Day() -> Transforms.day();
              case Transform.Hour() -> Transforms.hour();
              case Transform.Bucket(int count) -> Transforms.bucket(count);
              case Transform.Truncate(int width) -> Transforms.truncate(width);
            };
  }

  /// Iceberg's value in memory.
  private static Object internal(Object value) {
    return switch (value) {
      case LocalDate date -> (int) date.toEpochDay();
      case java.time.LocalTime time -> time.toNanoOfDay() / 1000;
      case LocalDateTime time ->
          ChronoUnit.MICROS.between(LocalDateTime.of(1970, 1, 1, 0, 0), time);
      case OffsetDateTime time ->
          ChronoUnit.MICROS.between(
              OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC), time);
      case byte[] bytes -> ByteBuffer.wrap(bytes);
      default -> value;
    };
  }

  private static Object parsed(
      String text, Transform transform, org.apache.iceberg.types.Type type) {
    boolean same =
        transform instanceof Transform.Identity || transform instanceof Transform.Truncate;
    if (!same) {
      return Integer.valueOf(text);
    }
    return switch (type.typeId()) {
      case INTEGER -> Integer.valueOf(text);
      case LONG -> Long.valueOf(text);
      case BOOLEAN -> Boolean.valueOf(text);
      case DECIMAL -> new BigDecimal(text);
      case DATE -> internal(LocalDate.parse(text));
      case TIME -> internal(java.time.LocalTime.parse(text));
      case TIMESTAMP ->
          internal(LocalDateTime.parse(text.replace(" ", "T").replaceAll("[+]00$", "")));
      case UUID -> UUID.fromString(text);
      case BINARY -> ByteBuffer.wrap(HexFormat.of().parseHex(text));
      default -> text;
    };
  }

  private static Object number(Random random) {
    return random.nextInt(20) == 0
        ? Integer.MIN_VALUE + random.nextInt(3)
        : random.nextInt() >> random.nextInt(32);
  }

  private static LocalDateTime time(Random random) {
    return LocalDateTime.of(1970, 1, 1, 0, 0)
        .plus(random.nextLong() >> 12 + random.nextInt(40), ChronoUnit.MICROS);
  }

  private static Object text(Random random) {
    String letters = "a/b=c d%é😀\\'\"x_漢";
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(30);
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(
          letters.codePointAt(
              letters.offsetByCodePoints(
                  0, random.nextInt(letters.codePointCount(0, letters.length())))));
    }
    return text.toString();
  }

  private static Object bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(12)];
    random.nextBytes(bytes);
    return bytes;
  }
}
