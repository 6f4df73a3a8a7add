package dev.tarn.vocabulary;

import java.util.List;
import java.util.stream.Collectors;

/// The type of a column: what both Iceberg (format versions 2 and 3) and the engine can hold.
public sealed interface Type {

  /// The type as SQL in the engine's dialect, such as `DECIMAL(12,2)` or `STRUCT("a" BIGINT)`.
  String sql();

  /// Types without parts.
  enum Primitive implements Type {
    BOOLEAN,
    INTEGER,
    BIGINT,
    FLOAT,
    DOUBLE,
    DATE,
    TIME,
    TIMESTAMP,
    TIMESTAMPTZ,
    /// Nanoseconds: format version 3.
    TIMESTAMP_NS,
    /// Nanoseconds with time zone: format version 3.
    TIMESTAMPTZ_NS,
    VARCHAR,
    UUID,
    BLOB,
    /// Semi-structured: format version 3.
    VARIANT;

    @Override
    public String sql() {
      return name();
    }
  }

  /// An exact number of `precision` digits (1 to 38), `scale` of them after the point.
  record Decimal(int precision, int scale) implements Type {
    public Decimal {
      if (precision < 1 || precision > 38 || scale < 0 || scale > precision) {
        throw Failure.input(
            "decimal(" + precision + "," + scale + ") can't be",
            "precision is 1 to 38, scale at most that");
      }
    }

    @Override
    public String sql() {
      return "DECIMAL(" + precision + "," + scale + ")";
    }
  }

  /// Named fields, in order.
  record Struct(List<Column> fields) implements Type {
    public Struct {
      fields = List.copyOf(fields);
      if (fields.isEmpty()) {
        throw Failure.input("a struct needs a field");
      }
    }

    @Override
    public String sql() {
      return fields.stream()
          .map(field -> Identifiers.quote(field.name()) + " " + field.type().sql())
          .collect(Collectors.joining(", ", "STRUCT(", ")"));
    }
  }

  /// Any number of elements of one type.
  record ListOf(Type element) implements Type {
    @Override
    public String sql() {
      return element.sql() + "[]";
    }
  }

  /// Values by key.
  record MapOf(Type key, Type value) implements Type {
    @Override
    public String sql() {
      return "MAP(" + key.sql() + ", " + value.sql() + ")";
    }
  }

  /// Reads a type as the engine prints it or a person writes it (`decimal(12,2)`, `varchar[]`,
  /// `STRUCT(a INTEGER)`). Types that Iceberg lacks become the nearest that loses nothing:
  /// `HUGEINT` is `DECIMAL(38,0)`, `JSON` is text. Fails when the text is no type.
  static Type parse(String text) {
    return new TypeText(text).whole();
  }
}
