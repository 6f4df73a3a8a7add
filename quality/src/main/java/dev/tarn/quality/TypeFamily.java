package dev.tarn.quality;

import dev.tarn.vocabulary.Type;
import dev.tarn.vocabulary.Type.Primitive;

/// Types whose values can be compared with one another.
enum TypeFamily {
  NUMBER,
  TEXT,
  BOOLEAN,
  /// Dates and timestamps.
  MOMENT,
  TIME_OF_DAY,
  UUID,
  BINARY,
  LIST,
  /// Structs, maps and semi-structured values.
  OTHER;

  static TypeFamily of(Type type) {
    return switch (type) {
      case Primitive primitive -> of(primitive);
      case Type.Decimal _ -> NUMBER;
      case Type.ListOf _ -> LIST;
      case Type.Struct _, Type.MapOf _ -> OTHER;
    };
  }

  private static TypeFamily of(Primitive type) {
    return switch (type) {
      case BOOLEAN -> BOOLEAN;
      case INTEGER, BIGINT, FLOAT, DOUBLE -> NUMBER;
      case DATE, TIMESTAMP, TIMESTAMPTZ, TIMESTAMP_NS, TIMESTAMPTZ_NS -> MOMENT;
      case TIME -> TIME_OF_DAY;
      case VARCHAR -> TEXT;
      case UUID -> UUID;
      case BLOB -> BINARY;
      case VARIANT -> OTHER;
    };
  }

  /// Whether "between" says something about values of it.
  boolean hasRange() {
    return this == NUMBER || this == MOMENT || this == TIME_OF_DAY;
  }

  boolean hasLength() {
    return this == TEXT || this == LIST || this == BINARY;
  }

  /// Whether a value can be written as one text in a project.
  boolean hasLiterals() {
    return this != LIST && this != OTHER && this != BINARY;
  }
}
