package dev.tarn.lake;

import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/// Widens a table's columns so that rows of another schema fit in: columns are added and types
/// widened, by name; nothing is dropped. What cannot be widened is a problem, and all of them are
/// reported at once.
final class SchemaMerge {
  private final TableName table;
  private final FieldIds ids;
  private final List<Problem> problems = new ArrayList<>();

  SchemaMerge(TableName table, FieldIds ids) {
    this.table = table;
    this.ids = ids;
  }

  Schema merge(Schema before, dev.tarn.vocabulary.Schema wanted, Map<String, String> docs) {
    List<NestedField> fields = fields(before.columns(), wanted.columns(), "");
    List<NestedField> documented = new ArrayList<>();
    for (NestedField field : fields) {
      String doc = docs.get(field.name());
      documented.add(doc == null ? field : NestedField.from(field).withDoc(doc).build());
    }
    if (!problems.isEmpty()) {
      throw new Failure(Remedy.FIX_INPUT, problems);
    }
    return new Schema(documented, before.identifierFieldIds());
  }

  private List<NestedField> fields(List<NestedField> before, List<Column> wanted, String path) {
    List<NestedField> merged = new ArrayList<>();
    for (NestedField field : before) {
      Optional<Column> match = match(wanted, before, field);
      merged.add(match.map(column -> field(field, column, path)).orElseGet(field::asOptional));
    }
    for (Column column : wanted) {
      if (FieldIds.named(before, column.name()).isEmpty()) {
        merged.add(ids.field(new Column(column.name(), column.type(), false), Optional.empty()));
      }
    }
    return merged;
  }

  private static Optional<Column> match(
      List<Column> wanted, List<NestedField> before, NestedField field) {
    return wanted.stream()
        .filter(column -> FieldIds.named(before, column.name()).filter(field::equals).isPresent())
        .findFirst();
  }

  private NestedField field(NestedField before, Column wanted, String path) {
    var type = type(before.type(), wanted.type(), path + before.name());
    boolean optional = before.isOptional() || !wanted.required();
    return NestedField.from(before).ofType(type).isOptional(optional).build();
  }

  private org.apache.iceberg.types.Type type(
      org.apache.iceberg.types.Type before, Type wanted, String path) {
    return switch (wanted) {
      case Type.Struct(List<Column> columns) when before.isStructType() ->
          Types.StructType.of(fields(before.asStructType().fields(), columns, path + "."));
      case Type.ListOf(Type element) when before.isListType() ->
          list(before.asListType(), element, path);
      case Type.MapOf(Type key, Type value) when before.isMapType() ->
          map(before.asMapType(), key, value, path);
      case Type.Primitive primitive when before.isPrimitiveType() || before.isVariantType() ->
          wider(before, TypeMapping.primitive(primitive), path);
      case Type.Decimal(int precision, int scale) when before.isPrimitiveType() ->
          wider(before, Types.DecimalType.of(precision, scale), path);
      case Type.Struct _, Type.ListOf _, Type.MapOf _, Type.Primitive _, Type.Decimal _ ->
          clash(before, wanted.sql(), path);
    };
  }

  private org.apache.iceberg.types.Type list(Types.ListType before, Type element, String path) {
    var type = type(before.elementType(), element, path + ".element");
    return before.isElementOptional()
        ? Types.ListType.ofOptional(before.elementId(), type)
        : Types.ListType.ofRequired(before.elementId(), type);
  }

  private org.apache.iceberg.types.Type map(
      Types.MapType before, Type key, Type value, String path) {
    var keys = type(before.keyType(), key, path + ".key");
    var values = type(before.valueType(), value, path + ".value");
    return before.isValueOptional()
        ? Types.MapType.ofOptional(before.keyId(), before.valueId(), keys, values)
        : Types.MapType.ofRequired(before.keyId(), before.valueId(), keys, values);
  }

  private org.apache.iceberg.types.Type wider(
      org.apache.iceberg.types.Type before, org.apache.iceberg.types.Type wanted, String path) {
    if (FieldIds.fits(before, wanted)) {
      return wanted;
    }
    return FieldIds.fits(wanted, before)
        ? before
        : clash(before, TypeMapping.type(wanted).sql(), path);
  }

  private org.apache.iceberg.types.Type clash(
      org.apache.iceberg.types.Type before, String wanted, String path) {
    problems.add(
        Problem.of(
            "column '"
                + path
                + "' of "
                + table
                + " is "
                + TypeMapping.type(before).sql()
                + " and can't take "
                + wanted,
            "cast it to the column's type, or give it another name"));
    return before;
  }
}
