package dev.tarn.lake;

import static org.apache.iceberg.types.Type.TypeID.UUID;
import static org.apache.iceberg.types.Type.TypeID.VARIANT;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Remedy;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.MetricsModes;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.util.BinaryUtil;
import org.apache.iceberg.util.UnicodeUtil;
import org.jspecify.annotations.Nullable;

/// Turns what an engine says about a file's columns into the counts and bounds that Iceberg plans
/// by.
final class FileMetrics {
  private final WrittenFile file;
  private final Schema schema;
  private final MetricsConfig config;
  private final Map<Integer, Long> sizes = new HashMap<>();
  private final Map<Integer, Long> values = new HashMap<>();
  private final Map<Integer, Long> nulls = new HashMap<>();
  private final Map<Integer, Long> nans = new HashMap<>();
  private final Map<Integer, ByteBuffer> lower = new HashMap<>();
  private final Map<Integer, ByteBuffer> upper = new HashMap<>();

  private FileMetrics(WrittenFile file, Schema schema, MetricsConfig config) {
    this.file = file;
    this.schema = schema;
    this.config = config;
  }

  static Metrics of(WrittenFile file, Schema schema, MetricsConfig config) {
    FileMetrics metrics = new FileMetrics(file, schema, config);
    metrics.fields(schema.columns(), "", false);
    return new Metrics(
        file.rows(),
        metrics.sizes,
        metrics.values,
        metrics.nulls,
        metrics.nans,
        metrics.lower,
        metrics.upper);
  }

  private void fields(List<NestedField> fields, String path, boolean repeated) {
    for (NestedField field : fields) {
      String key = path + Identifiers.quote(field.name());
      if (field.type().isNestedType()) {
        fields(
            field.type().asNestedType().fields(),
            key + ".",
            repeated || !field.type().isStructType());
      } else {
        Map<String, String> figures = file.statistics().get(key);
        if (figures != null) {
          leaf(field, figures, repeated);
        }
      }
    }
  }

  private void leaf(NestedField field, Map<String, String> figures, boolean repeated) {
    int id = field.fieldId();
    MetricsModes.MetricsMode mode = config.columnMode(id);
    count(figures, "column_size_bytes").ifPresent(size -> sizes.put(id, size));
    // Below lists and maps Iceberg keeps neither counts nor bounds.
    if (repeated || mode == MetricsModes.None.get()) {
      return;
    }
    count(figures, "num_values").ifPresent(count -> values.put(id, count));
    count(figures, "null_count").ifPresent(count -> nulls.put(id, count));
    count(figures, "nan_count").ifPresent(count -> nans.put(id, count));
    // Iceberg 1.12 compares UUIDs as signed numbers and would skip files that match
    // (apache/iceberg#14216).
    if (mode == MetricsModes.Counts.get()
        || field.type().typeId() == UUID
        || field.type().typeId() == VARIANT) {
      return;
    }
    bounds(
        field,
        figures,
        mode instanceof MetricsModes.Truncate truncate ? truncate.length() : Integer.MAX_VALUE);
  }

  private void bounds(NestedField field, Map<String, String> figures, int length) {
    Optional<Object> min = value(field, figures.get("min"));
    Optional<Object> max =
        value(field, figures.get("max")).filter(_ -> !"false".equals(figures.get("max_is_exact")));
    min.ifPresent(value -> put(lower, field, below(value, length)));
    max.ifPresent(value -> put(upper, field, above(value, length)));
  }

  private void put(Map<Integer, ByteBuffer> bounds, NestedField field, @Nullable Object value) {
    if (value != null) {
      bounds.put(field.fieldId(), Conversions.toByteBuffer(field.type(), value));
    }
  }

  private Optional<Object> value(NestedField field, @Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      Object value = ValueText.parse(field.type(), text);
      boolean number =
          !(value instanceof Float f && f.isNaN() || value instanceof Double d && d.isNaN());
      return number ? Optional.of(value) : Optional.empty();
    } catch (Failure failure) {
      // A bound is a help in planning: what is not understood is left out, what can't be stored is
      // told.
      if (failure.remedy() == Remedy.REPORT_BUG) {
        return Optional.empty();
      }
      throw new Failure(
          failure.remedy(),
          failure.problems().stream()
              .map(problem ->
                  dev.tarn.vocabulary.Problem.of(
                      "column '" + schema.findColumnName(field.fieldId()) + "': " + problem.what(),
                      problem.fix()))
              .toList());
    }
  }

  /// A value at most as large; -0.0 sorts before 0.0, and the file may hold either.
  private static @Nullable Object below(Object value, int length) {
    return switch (value) {
      case Float number when number == 0 -> -0.0f;
      case Double number when number == 0 -> -0.0d;
      case String text -> UnicodeUtil.truncateStringMin(text, length);
      case ByteBuffer bytes -> BinaryUtil.truncateBinaryMin(bytes, length);
      default -> value;
    };
  }

  /// A value at least as large, or null when none is that short.
  private static @Nullable Object above(Object value, int length) {
    return switch (value) {
      case Float number when number == 0 -> 0.0f;
      case Double number when number == 0 -> 0.0d;
      case String text -> UnicodeUtil.truncateStringMax(text, length);
      case ByteBuffer bytes -> BinaryUtil.truncateBinaryMax(bytes, length);
      default -> value;
    };
  }

  private static Optional<Long> count(Map<String, String> figures, String name) {
    return Optional.ofNullable(figures.get(name)).map(Long::valueOf);
  }
}
