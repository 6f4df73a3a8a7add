package dev.tarn.lake;

import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/// Gives columns their field ids: those of an earlier column of the same name whose values still
/// fit, else new ones. Ids are never used again for something else, so that old files and old
/// snapshots keep their meaning.
final class FieldIds {
  private int last;

  FieldIds(int last) {
    this.last = last;
  }

  int last() {
    return last;
  }

  /// The schema that takes the place of `before`.
  Schema replace(
      dev.tarn.vocabulary.Schema wanted, Map<String, String> docs, List<NestedField> before) {
    List<NestedField> fields = new ArrayList<>();
    for (Column column : wanted.columns()) {
      NestedField field = field(column, named(before, column.name()));
      String doc = docs.get(column.name());
      fields.add(doc == null ? field : NestedField.from(field).withDoc(doc).build());
    }
    return new Schema(fields);
  }

  NestedField field(Column column, Optional<NestedField> before) {
    Optional<NestedField> same = before.filter(field -> fits(field.type(), column.type()));
    int id = same.map(NestedField::fieldId).orElseGet(this::next);
    var type = type(column.type(), same.map(NestedField::type));
    return NestedField.builder()
        .withId(id)
        .isOptional(!column.required())
        .withName(column.name())
        .ofType(type)
        .build();
  }

  private org.apache.iceberg.types.Type type(
      Type type, Optional<org.apache.iceberg.types.Type> before) {
    return switch (type) {
      case Type.Primitive primitive -> TypeMapping.primitive(primitive);
      case Type.Decimal(int precision, int scale) -> Types.DecimalType.of(precision, scale);
      case Type.Struct(List<Column> columns) -> struct(columns, before);
      case Type.ListOf(Type element) -> list(element, before);
      case Type.MapOf(Type key, Type value) -> map(key, value, before);
    };
  }

  private Types.StructType struct(
      List<Column> columns, Optional<org.apache.iceberg.types.Type> before) {
    List<NestedField> old = before.map(type -> type.asStructType().fields()).orElse(List.of());
    return Types.StructType.of(
        columns.stream().map(column -> field(column, named(old, column.name()))).toList());
  }

  private Types.ListType list(Type element, Optional<org.apache.iceberg.types.Type> before) {
    NestedField part = part("element", false, element, before, 0);
    return Types.ListType.ofOptional(part.fieldId(), part.type());
  }

  private Types.MapType map(Type key, Type value, Optional<org.apache.iceberg.types.Type> before) {
    NestedField keys = part("key", true, key, before, 0);
    NestedField values = part("value", false, value, before, 1);
    return Types.MapType.ofOptional(keys.fieldId(), values.fieldId(), keys.type(), values.type());
  }

  private NestedField part(
      String name,
      boolean required,
      Type type,
      Optional<org.apache.iceberg.types.Type> before,
      int at) {
    return field(
        new Column(name, type, required), before.map(old -> old.asNestedType().fields().get(at)));
  }

  private int next() {
    return ++last;
  }

  static Optional<NestedField> named(List<NestedField> fields, String name) {
    return fields.stream()
        .filter(field -> field.name().equals(name))
        .findFirst()
        .or(() -> fields.stream().filter(field -> field.name().equalsIgnoreCase(name)).findFirst());
  }

  /// Whether values written as `before` can be read as `wanted`.
  static boolean fits(org.apache.iceberg.types.Type before, Type wanted) {
    return switch (wanted) {
      case Type.Struct _ -> before.isStructType();
      case Type.ListOf _ -> before.isListType();
      case Type.MapOf _ -> before.isMapType();
      case Type.Primitive primitive -> fits(before, TypeMapping.primitive(primitive));
      case Type.Decimal(int precision, int scale) ->
          fits(before, Types.DecimalType.of(precision, scale));
    };
  }

  static boolean fits(org.apache.iceberg.types.Type before, org.apache.iceberg.types.Type wanted) {
    return before.equals(wanted)
        || (before.isPrimitiveType()
            && wanted.isPrimitiveType()
            && TypeUtil.isPromotionAllowed(before, wanted.asPrimitiveType()));
  }
}
