package dev.tarn.app.test;

import dev.tarn.app.project.Yaml;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Suggestions;
import dev.tarn.vocabulary.Type;
import dev.tarn.vocabulary.Type.Primitive;
import dev.tarn.vocabulary.settings.Node;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads values as the engine would give them for a type. Whether a value stands in quotes does not
/// matter but for NULL: `"null"` is a text.
final class Values {
  private final Problems problems;
  private final boolean stored;

  /// @param stored whether values are put into a table, so that it must be able to hold them
  Values(Problems problems, boolean stored) {
    this.problems = problems;
    this.stored = stored;
  }

  /// What is no value of the type is a problem and reads as NULL.
  @Nullable Object read(Node node, Type type) {
    return switch (type) {
      case Type.Struct(List<Column> fields) -> struct(nested(node), fields);
      case Type.ListOf(Type element) -> list(nested(node), element, type);
      case Type.MapOf(Type key, Type value) -> map(nested(node), key, value, type);
      case Type.Decimal _ -> single(node, type);
      case Primitive _ -> single(node, type);
    };
  }

  /// In a CSV, nested values are texts of JSON.
  private Node nested(Node node) {
    if (node instanceof Node.Scalar scalar && !scalar.isNull()) {
      int linesBefore = Math.max(0, node.at().line() - 1);
      return Yaml.read(node.at().file(), linesBefore, scalar.text(), problems)
          .filter(read -> !(read instanceof Node.Scalar))
          .orElse(node);
    }
    return node;
  }

  private @Nullable Object struct(Node node, List<Column> fields) {
    if (!(node instanceof Node.Mapping mapping)) {
      return nullOr(node, "a struct: {" + String.join(", ", names(fields)) + "}");
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    fields.forEach(field -> values.put(field.name(), null));
    for (Node.Entry entry : mapping.entries()) {
      Optional<Column> field =
          fields.stream().filter(one -> one.name().equalsIgnoreCase(entry.key())).findFirst();
      if (field.isEmpty()) {
        problems.add(
            entry.at(),
            "the struct has no field '" + entry.key() + "'",
            Suggestions.didYouMean(entry.key(), names(fields)));
      } else {
        values.put(field.get().name(), read(entry.value(), field.get().type()));
      }
    }
    return values;
  }

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }

  private @Nullable Object list(Node node, Type element, Type type) {
    if (!(node instanceof Node.Sequence sequence)) {
      return nullOr(node, "a list: " + type.sql());
    }
    List<@Nullable Object> values = new ArrayList<>();
    sequence.items().forEach(item -> values.add(read(item, element)));
    return values;
  }

  private @Nullable Object map(Node node, Type key, Type value, Type type) {
    if (!(node instanceof Node.Mapping mapping)) {
      return nullOr(node, "values by key: " + type.sql());
    }
    Map<@Nullable Object, @Nullable Object> values = new LinkedHashMap<>();
    for (Node.Entry entry : mapping.entries()) {
      values.put(
          read(new Node.Scalar(entry.at(), entry.key(), false), key), read(entry.value(), value));
    }
    return values;
  }

  private @Nullable Object nullOr(Node node, String wanted) {
    if (!(node instanceof Node.Scalar scalar && scalar.isNull())) {
      problems.add(node.at(), node.kind() + " stands here, wanted is " + wanted, "");
    }
    return null;
  }

  private @Nullable Object single(Node node, Type type) {
    if (!(node instanceof Node.Scalar scalar)) {
      problems.add(
          node.at(),
          node.kind() + " stands here, wanted is " + a(type),
          type == Primitive.VARCHAR ? "put it in quotes" : "");
      return null;
    }
    if (scalar.isNull()) {
      return null;
    }
    try {
      Object value = parsed(scalar.text(), type);
      refuseRounding(node, value, type);
      return value;
    } catch (DateTimeException | IllegalArgumentException | ArithmeticException _) {
      problems.add(node.at(), "'" + scalar.text() + "' is not " + a(type), example(type));
      return null;
    }
  }

  private void refuseRounding(Node node, Object value, Type type) {
    if (stored
        && type instanceof Type.Decimal(int precision, int scale)
        && value instanceof BigDecimal number) {
      BigDecimal bare = number.stripTrailingZeros();
      if (bare.scale() > scale || bare.precision() - bare.scale() > precision - scale) {
        problems.add(node.at(), "'" + number.toPlainString() + "' does not fit " + a(type), "");
      }
    }
  }

  private static String a(Type type) {
    String sql = type.sql();
    return (sql.startsWith("INT") ? "an " : "a ") + sql;
  }

  private static Object parsed(String text, Type type) {
    String bare = text.strip();
    return switch (type) {
      case Type.Decimal _ -> new BigDecimal(bare);
      case Primitive.BOOLEAN -> truth(bare);
      case Primitive.INTEGER -> new BigDecimal(bare).intValueExact();
      case Primitive.BIGINT -> new BigDecimal(bare).longValueExact();
      case Primitive.FLOAT -> (float) floating(bare);
      case Primitive.DOUBLE -> floating(bare);
      case Primitive.DATE -> LocalDate.parse(bare);
      case Primitive.TIME -> LocalTime.parse(bare);
      case Primitive.TIMESTAMP, Primitive.TIMESTAMP_NS -> zoned(bare).toLocalDateTime();
      case Primitive.TIMESTAMPTZ, Primitive.TIMESTAMPTZ_NS -> zoned(bare);
      case Primitive.UUID -> UUID.fromString(bare);
      case Primitive.BLOB -> HexFormat.of().parseHex(bare);
      case Primitive _, Type.Struct _, Type.ListOf _, Type.MapOf _ -> text;
    };
  }

  private static boolean truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "t", "1" -> true;
      case "false", "f", "0" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static double floating(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case ".inf", "inf", "infinity" -> Double.POSITIVE_INFINITY;
      case "-.inf", "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      case ".nan", "nan" -> Double.NaN;
      default -> Double.parseDouble(text);
    };
  }

  /// A time in UTC; without a zone it is in UTC, without a time of day the first instant of the
  /// day.
  static OffsetDateTime zoned(String text) {
    String form = text.strip();
    if (form.length() == 10) {
      return LocalDate.parse(form).atStartOfDay().atOffset(ZoneOffset.UTC);
    }
    form = form.replaceFirst("^(\\S{10}) +", "$1T").replaceFirst(" +([+-]|Z$)", "$1");
    form = form.replaceFirst("([+-]\\d\\d)$", "$1:00").replaceFirst("T(\\d\\d:\\d\\d)$", "T$1:00");
    return form.matches(".*T.*([+-]\\d\\d:\\d\\d|Z)")
        ? OffsetDateTime.parse(form).withOffsetSameInstant(ZoneOffset.UTC)
        : LocalDateTime.parse(form).atOffset(ZoneOffset.UTC);
  }

  private static String example(Type type) {
    return switch (type) {
      case Primitive.BOOLEAN -> "write true or false";
      case Primitive.DATE -> "such as 2024-05-01";
      case Primitive.TIME -> "such as 12:30:00";
      case Primitive.TIMESTAMP, Primitive.TIMESTAMP_NS -> "such as 2024-05-01 12:30:00";
      case Primitive.TIMESTAMPTZ, Primitive.TIMESTAMPTZ_NS -> "such as 2024-05-01T12:30:00Z";
      case Primitive.BLOB -> "write bytes as hex digits";
      case Type _ -> "";
    };
  }
}
