package dev.tarn.lake;

import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Type;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/// Tarn's types in Iceberg's words, and back.
final class TypeMapping {

  private TypeMapping() {}

  /// Types without parts only; nested ones need ids, which [FieldIds] gives.
  static org.apache.iceberg.types.Type primitive(Type.Primitive type) {
    return switch (type) {
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
  }

  static Type type(org.apache.iceberg.types.Type type) {
    return switch (type.typeId()) {
      case BOOLEAN -> Type.Primitive.BOOLEAN;
      case INTEGER -> Type.Primitive.INTEGER;
      case LONG -> Type.Primitive.BIGINT;
      case FLOAT -> Type.Primitive.FLOAT;
      case DOUBLE -> Type.Primitive.DOUBLE;
      case DATE -> Type.Primitive.DATE;
      case TIME -> Type.Primitive.TIME;
      case STRING -> Type.Primitive.VARCHAR;
      case UUID -> Type.Primitive.UUID;
      case FIXED, BINARY -> Type.Primitive.BLOB;
      case VARIANT -> Type.Primitive.VARIANT;
      case TIMESTAMP ->
          ((Types.TimestampType) type).shouldAdjustToUTC()
              ? Type.Primitive.TIMESTAMPTZ
              : Type.Primitive.TIMESTAMP;
      case TIMESTAMP_NANO ->
          ((Types.TimestampNanoType) type).shouldAdjustToUTC()
              ? Type.Primitive.TIMESTAMPTZ_NS
              : Type.Primitive.TIMESTAMP_NS;
      case DECIMAL ->
          new Type.Decimal(
              ((Types.DecimalType) type).precision(), ((Types.DecimalType) type).scale());
      case STRUCT -> new Type.Struct(columns(type.asStructType().fields()));
      case LIST -> new Type.ListOf(type(type.asListType().elementType()));
      case MAP ->
          new Type.MapOf(type(type.asMapType().keyType()), type(type.asMapType().valueType()));
      case UNKNOWN, GEOMETRY, GEOGRAPHY ->
          throw Failure.data(
              "the type " + type + " can't be read",
              "drop the column, or write it as text or binary");
    };
  }

  static dev.tarn.vocabulary.Schema schema(Schema schema) {
    return new dev.tarn.vocabulary.Schema(columns(schema.columns()));
  }

  static List<FieldNode> nodes(Schema schema) {
    return schema.columns().stream().map(TypeMapping::node).toList();
  }

  static FieldNode node(NestedField field) {
    return new FieldNode(
        field.fieldId(), field.name(), type(field.type()), field.isRequired(), parts(field.type()));
  }

  private static List<FieldNode> parts(org.apache.iceberg.types.Type type) {
    return type.isNestedType()
        ? type.asNestedType().fields().stream().map(TypeMapping::node).toList()
        : List.of();
  }

  private static List<Column> columns(List<NestedField> fields) {
    return fields.stream()
        .map(field -> new Column(field.name(), type(field.type()), field.isRequired()))
        .toList();
  }
}
