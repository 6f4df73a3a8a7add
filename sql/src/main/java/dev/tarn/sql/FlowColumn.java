package dev.tarn.sql;

import dev.tarn.vocabulary.Type;
import java.util.Optional;

/// A column on its way through a query: its name here, its type when known, and what flows into it.
record FlowColumn(String name, Optional<Type> type, Flow flow) {

  FlowColumn named(String other) {
    return new FlowColumn(other, type, flow);
  }

  FlowColumn with(Flow other) {
    return new FlowColumn(name, type, other);
  }

  Value value() {
    return new Value(flow, type);
  }

  /// What an expression yields.
  record Value(Flow flow, Optional<Type> type) {
    static final Value NONE = new Value(Flow.NONE, Optional.empty());
  }
}
