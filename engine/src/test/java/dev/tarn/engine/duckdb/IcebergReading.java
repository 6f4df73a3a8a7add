package dev.tarn.engine.duckdb;

import dev.tarn.lake.FieldNode;
import dev.tarn.vocabulary.Type;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Files;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types;

/// Reads files with Iceberg's own reader, into the values that the engine's port promises.
final class IcebergReading {

  private IcebergReading() {}

  static List<List<Object>> rows(Path file, List<FieldNode> columns) {
    Schema schema = new Schema(columns.stream().map(IcebergReading::field).toList());
    List<List<Object>> rows = new ArrayList<>();
    try (CloseableIterable<Record> records =
        Parquet.read(Files.localInput(file.toFile()))
            .project(schema)
            .createReaderFunc(type -> GenericParquetReaders.buildReader(schema, type))
            .build()) {
      for (Record record : records) {
        List<Object> row = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
          row.add(plain(record.get(i), columns.get(i)));
        }
        rows.add(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  static Types.NestedField field(FieldNode node) {
    return Types.NestedField.optional(node.id(), node.name(), type(node));
  }

  static org.apache.iceberg.types.Type type(FieldNode node) {
    return switch (node.type()) {
      case Type.Decimal(int precision, int scale) -> Types.DecimalType.of(precision, scale);
      case Type.Struct _ ->
          Types.StructType.of(node.children().stream().map(IcebergReading::field).toList());
      case Type.ListOf _ ->
          Types.ListType.ofOptional(node.children().get(0).id(), type(node.children().get(0)));
      case Type.MapOf _ ->
          Types.MapType.ofOptional(
              node.children().get(0).id(),
              node.children().get(1).id(),
              type(node.children().get(0)),
              type(node.children().get(1)));
      case Type.Primitive primitive ->
          switch (primitive) {
            case BOOLEAN -> Types.BooleanType.get();
            case INTEGER -> Types.IntegerType.get();
            case BIGINT -> Types.LongType.get();
            case FLOAT -> Types.FloatType.get();
            case DOUBLE -> Types.DoubleType.get();
            case DATE -> Types.DateType.get();
            case TIME -> Types.TimeType.get();
            case TIMESTAMP -> Types.TimestampType.withoutZone();
            case TIMESTAMPTZ -> Types.TimestampType.withZone();
            case TIMESTAMP_NS -> Types.TimestampNanoType.withoutZone();
            case TIMESTAMPTZ_NS -> Types.TimestampNanoType.withZone();
            case VARCHAR -> Types.StringType.get();
            case UUID -> Types.UUIDType.get();
            case BLOB -> Types.BinaryType.get();
            case VARIANT -> Types.VariantType.get();
          };
    };
  }

  private static Object plain(Object value, FieldNode node) {
    return switch (value) {
      case null -> null;
      case ByteBuffer buffer -> {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        yield bytes;
      }
      case Record record -> {
        Map<String, Object> struct = new LinkedHashMap<>();
        for (int i = 0; i < node.children().size(); i++) {
          struct.put(node.children().get(i).name(), plain(record.get(i), node.children().get(i)));
        }
        yield struct;
      }
      case List<?> list -> {
        List<Object> plain = new ArrayList<>();
        list.forEach(element -> plain.add(plain(element, node.children().get(0))));
        yield plain;
      }
      case Map<?, ?> map -> {
        Map<Object, Object> plain = new LinkedHashMap<>();
        map.forEach((key, held) ->
            plain.put(plain(key, node.children().get(0)), plain(held, node.children().get(1))));
        yield plain;
      }
      default -> value;
    };
  }
}
