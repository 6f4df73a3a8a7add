package dev.tarn.sql.change;

/// The types of which columns are made. Sums of their values are exact in any order.
enum Kind {
  INT("INTEGER"),
  BIG("BIGINT"),
  DEC("DECIMAL(10,2)"),
  WIDE("DECIMAL(38,0)"),
  REAL("DOUBLE"),
  TEXT("VARCHAR"),
  FLAG("BOOLEAN"),
  TIME("TIMESTAMP"),
  ZONED("TIMESTAMPTZ"),
  DAY("DATE"),
  UUID("UUID"),
  BYTES("BLOB"),
  INTS("INTEGER[]"),
  TEXTS("VARCHAR[]"),
  RECORD("STRUCT(x INTEGER, y VARCHAR)"),
  RECORDS("STRUCT(x INTEGER, y VARCHAR)[]"),
  MAPPED("MAP(VARCHAR, INTEGER)");

  private final String sql;

  Kind(String sql) {
    this.sql = sql;
  }

  String sql() {
    return sql;
  }

  boolean number() {
    return this == INT || this == BIG || this == DEC || this == REAL;
  }

  /// A value, or NULL.
  String value(Dice dice) {
    return dice.once(7) ? "NULL" : literal(dice);
  }

  String literal(Dice dice) {
    int small = dice.below(4);
    return switch (this) {
      case INT, BIG, WIDE -> String.valueOf(small);
      case DEC -> dice.of("0.00", "1.00", "2.50", "-1.25", "1.5");
      case REAL -> real(dice, small);
      case TEXT -> dice.of("'a'", "'b'", "'A'", "''", "'1'", "'x y'");
      case FLAG -> dice.of("true", "false");
      case TIME ->
          "TIMESTAMP '2024-01-0"
              + (small + 1)
              + dice.of(" 00:00:00'", " 01:00:00'", " 23:59:59.999999'");
      case ZONED -> "TIMESTAMPTZ '2024-01-0" + (small + 1) + " 00:00:00+00'";
      case DAY -> "DATE '2024-01-0" + (small + 1) + "'";
      case UUID -> "UUID '00000000-0000-0000-0000-00000000000" + small + "'";
      case BYTES -> dice.of("'\\x00'::BLOB", "'ab'::BLOB", "''::BLOB");
      case INTS -> list(INT, dice) + "::INTEGER[]";
      case TEXTS -> list(TEXT, dice) + "::VARCHAR[]";
      case RECORD -> "{'x': " + INT.value(dice) + ", 'y': " + TEXT.value(dice) + "}";
      case RECORDS -> list(RECORD, dice) + "::" + sql;
      case MAPPED -> "MAP {'a': " + INT.value(dice) + ", 'b': " + small + "}";
    };
  }

  private static String real(Dice dice, int small) {
    return dice.once(12) ? dice.of("'NaN'::DOUBLE", "-0.0::DOUBLE") : small / 2.0 + "::DOUBLE";
  }

  private static String list(Kind element, Dice dice) {
    StringBuilder out = new StringBuilder("[");
    int count = dice.below(4);
    for (int i = 0; i < count; i++) {
      out.append(i == 0 ? "" : ", ").append(element.value(dice));
    }
    return out.append(']').toString();
  }
}
