package dev.tarn.app.test;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whether two values of one type are the same: decimals exactly, whatever zeros they are written
/// with; floating-point numbers within a tolerance.
///
/// @param tolerance as a share of the larger number
record Same(double tolerance) {

  boolean rows(List<? extends @Nullable Object> one, List<? extends @Nullable Object> other) {
    for (int i = 0; i < one.size(); i++) {
      if (!values(one.get(i), other.get(i))) {
        return false;
      }
    }
    return one.size() == other.size();
  }

  boolean values(@Nullable Object one, @Nullable Object other) {
    return switch (one) {
      case null -> other == null;
      case Double a -> other instanceof Double b && near(a, b);
      case Float a -> other instanceof Float b && near(a, b);
      case BigDecimal a -> other instanceof BigDecimal b && a.compareTo(b) == 0;
      case byte[] a -> other instanceof byte[] b && Arrays.equals(a, b);
      case List<?> a -> other instanceof List<?> b && rows(a, b);
      case Map<?, ?> a -> other instanceof Map<?, ?> b && maps(a, b);
      default -> one.equals(other);
    };
  }

  private boolean maps(Map<?, ?> one, Map<?, ?> other) {
    return one.keySet().equals(other.keySet())
        && one.entrySet().stream()
            .allMatch(entry -> values(entry.getValue(), other.get(entry.getKey())));
  }

  private boolean near(double a, double b) {
    if (Double.isNaN(a) || Double.isNaN(b) || Double.isInfinite(a) || Double.isInfinite(b)) {
      return Double.compare(a, b) == 0;
    }
    return a == b || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
  }

  /// The same for all rows that may be the same: what is left when floating-point numbers are taken
  /// out.
  static List<Object> exactPart(List<? extends @Nullable Object> row) {
    List<Object> exact = new ArrayList<>(row.size());
    row.forEach(value -> exact.add(exact(value)));
    return exact;
  }

  private static Object exact(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Double _, Float _ -> 0;
      case BigDecimal number -> number.stripTrailingZeros();
      case byte[] bytes -> HexFormat.of().formatHex(bytes);
      case List<?> list -> exactPart(list);
      case Map<?, ?> map -> map.keySet();
      default -> value;
    };
  }
}
