package dev.tarn.lake;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Suggestions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.NullOrder;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.PartitionSpecParser;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortDirection;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types.NestedField;

/// How a table's rows are split into partitions and sorted within files, in Iceberg's words and
/// back.
final class Layout {

  private Layout() {}

  /// A partition field that an earlier spec had already keeps its id, as format version 2 asks.
  ///
  /// @param lastId the highest partition field id ever given in the table; 999 for a new table
  static PartitionSpec spec(
      Schema schema, List<PartitionKey> keys, List<PartitionSpec> earlier, int lastId) {
    if (keys.isEmpty()) {
      return PartitionSpec.unpartitioned();
    }
    int next = Math.max(999, lastId);
    Set<String> names = new HashSet<>();
    List<String> fields = new ArrayList<>();
    for (PartitionKey key : keys) {
      NestedField source = column(schema, key.column());
      String transform = text(key.transform());
      int id = earlierId(earlier, source.fieldId(), transform);
      id = id == 0 ? ++next : id;
      String name = freeName(schema, source, key.transform(), names);
      fields.add(
          "{\"name\":%s,\"transform\":\"%s\",\"source-id\":%d,\"field-id\":%d}"
              .formatted(json(name), transform, source.fieldId(), id));
    }
    String text = "{\"spec-id\":0,\"fields\":[" + String.join(",", fields) + "]}";
    try {
      return PartitionSpecParser.fromJson(schema, text);
    } catch (RuntimeException e) {
      throw Failure.input(
          "the table can't be partitioned by "
              + keys.stream()
                  .map(key -> text(key.transform()) + "(" + key.column() + ")")
                  .collect(Collectors.joining(", "))
              + ": "
              + e.getMessage(),
          "use a transform that the column's type allows");
    }
  }

  static SortOrder order(Schema schema, List<SortKey> keys) {
    if (keys.isEmpty()) {
      return SortOrder.unsorted();
    }
    SortOrder.Builder order = SortOrder.builderFor(schema);
    for (SortKey key : keys) {
      String name = column(schema, key.column()).name();
      SortDirection direction = key.descending() ? SortDirection.DESC : SortDirection.ASC;
      NullOrder nulls = key.nullsFirst() ? NullOrder.NULLS_FIRST : NullOrder.NULLS_LAST;
      order.sortBy(Expressions.ref(name), direction, nulls);
    }
    return order.build();
  }

  static List<PartitionKey> keys(Schema schema, PartitionSpec spec) {
    return spec.fields().stream()
        .filter(field -> !field.transform().isVoid())
        .map(field -> new PartitionKey(schema.findColumnName(field.sourceId()), transform(field)))
        .toList();
  }

  static List<SortKey> keys(Schema schema, SortOrder order) {
    return order.fields().stream()
        .filter(field -> field.transform().isIdentity())
        .map(field ->
            new SortKey(
                schema.findColumnName(field.sourceId()),
                field.direction() == SortDirection.DESC,
                field.nullOrder() == NullOrder.NULLS_FIRST))
        .toList();
  }

  /// Other programs may have given a table partitions or an order that no engine here can keep.
  static boolean known(TableMetadata table) {
    return keys(table.schema(), table.spec()).size() == table.spec().fields().size()
        && keys(table.schema(), table.sortOrder()).size() == table.sortOrder().fields().size();
  }

  private static NestedField column(Schema schema, String name) {
    return FieldIds.named(schema.columns(), name)
        .orElseThrow(() ->
            Failure.input(
                "unknown column '" + name + "' to partition or sort by",
                Suggestions.didYouMean(
                    name, schema.columns().stream().map(NestedField::name).toList())));
  }

  private static int earlierId(List<PartitionSpec> earlier, int source, String transform) {
    return earlier.stream()
        .flatMap(spec -> spec.fields().stream())
        .filter(
            field -> field.sourceId() == source && field.transform().toString().equals(transform))
        .mapToInt(PartitionField::fieldId)
        .findFirst()
        .orElse(0);
  }

  private static String freeName(
      Schema schema, NestedField source, Transform transform, Set<String> taken) {
    String base = source.name() + suffix(transform);
    String name = base;
    boolean column = transform instanceof Transform.Identity;
    for (int i = 2;
        !taken.add(name.toLowerCase(Locale.ROOT)) || (!column && schema.findField(name) != null);
        i++) {
      name = base + "_" + i;
    }
    return name;
  }

  private static String suffix(Transform transform) {
    return switch (transform) {
      case Transform.Identity() -> "";
      case Transform.Year() -> "_year";
      case Transform.Month() -> "_month";
      case Transform.Day() -> "_day";
      case Transform.Hour() -> "_hour";
      case Transform.Bucket(int _) -> "_bucket";
      case Transform.Truncate(int _) -> "_trunc";
    };
  }

  static String text(Transform transform) {
    return switch (transform) {
      case Transform.Identity() -> "identity";
      case Transform.Year() -> "year";
      case Transform.Month() -> "month";
      case Transform.Day() -> "day";
      case Transform.Hour() -> "hour";
      case Transform.Bucket(int count) -> "bucket[" + count + "]";
      case Transform.Truncate(int width) -> "truncate[" + width + "]";
    };
  }

  private static Transform transform(PartitionField field) {
    String text = field.transform().toString();
    int bracket = text.indexOf('[');
    int width = bracket < 0 ? 0 : Integer.parseInt(text.substring(bracket + 1, text.length() - 1));
    return switch (bracket < 0 ? text : text.substring(0, bracket)) {
      case "identity" -> new Transform.Identity();
      case "year" -> new Transform.Year();
      case "month" -> new Transform.Month();
      case "day" -> new Transform.Day();
      case "hour" -> new Transform.Hour();
      case "bucket" -> new Transform.Bucket(width);
      case "truncate" -> new Transform.Truncate(width);
      default ->
          throw Failure.data(
              "the partition transform '" + text + "' is not known",
              "write the table with another one");
    };
  }

  private static String json(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < 0x20) {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
