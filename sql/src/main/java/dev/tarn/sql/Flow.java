package dev.tarn.sql;

import java.util.LinkedHashSet;
import java.util.Set;

/// What flows into one value: the columns whose values do, and those that decide which rows it is
/// made of.
///
/// @param approximate true when more is named here than may really flow, because the exact columns
///   can't be told
record Flow(Set<SourceColumn> values, Set<SourceColumn> conditions, boolean approximate) {
  static final Flow NONE = new Flow(Set.of(), Set.of(), false);

  static Flow of(SourceColumn column) {
    return new Flow(Set.of(column), Set.of(), false);
  }

  Flow and(Flow other) {
    if (other.equals(NONE) || this == other) {
      return this;
    }
    if (equals(NONE)) {
      return other;
    }
    return new Flow(
        union(values, other.values),
        union(conditions, other.conditions),
        approximate || other.approximate);
  }

  /// The same, but all of it deciding rows only.
  Flow asCondition() {
    return values.isEmpty() ? this : new Flow(Set.of(), union(conditions, values), approximate);
  }

  /// The same, marked as more than may really flow.
  Flow asGuess() {
    return new Flow(values, conditions, true);
  }

  private static Set<SourceColumn> union(Set<SourceColumn> a, Set<SourceColumn> b) {
    if (a.containsAll(b)) {
      return a;
    }
    if (b.containsAll(a)) {
      return b;
    }
    Set<SourceColumn> all = new LinkedHashSet<>(a);
    all.addAll(b);
    return all;
  }
}
