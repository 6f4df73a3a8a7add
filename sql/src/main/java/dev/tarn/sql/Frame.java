package dev.tarn.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What FROM puts in reach: relations side by side, and columns that USING made one.
///
/// @param rows what decides which rows there are
record Frame(List<Binding> bindings, List<Merged> merged, Flow rows) {
  static final Frame EMPTY = new Frame(List.of(), List.of(), Flow.NONE);

  /// One column made of several by USING or NATURAL.
  record Merged(FlowColumn column, Set<Binding> members) {}

  static Frame of(Binding binding) {
    return new Frame(List.of(binding), List.of(), binding.outputs().rows());
  }

  Frame decidedBy(Flow more) {
    return new Frame(bindings, merged, rows.and(more.asCondition()));
  }

  /// The columns of `*`, each made by USING only once, and where each stands.
  List<Located> star() {
    List<Located> columns = new ArrayList<>();
    Set<String> told = new HashSet<>();
    for (Binding binding : bindings) {
      for (FlowColumn column : binding.outputs().columns()) {
        Optional<Merged> one = mergedAt(binding, column.name());
        if (one.isEmpty()
            || told.add(one.get().column().name().toLowerCase(java.util.Locale.ROOT))) {
          columns.add(new Located(binding, one.map(Merged::column).orElse(column)));
        }
      }
    }
    return columns;
  }

  /// A column of `*` and the relation it is told with.
  record Located(Binding binding, FlowColumn column) {}

  Optional<Rest> rest() {
    return bindings.stream()
        .map(binding -> binding.outputs().rest())
        .reduce(Optional.empty(), Rest::both);
  }

  Optional<Merged> merged(String name) {
    return merged.stream().filter(one -> one.column().name().equalsIgnoreCase(name)).findFirst();
  }

  private Optional<Merged> mergedAt(Binding binding, String name) {
    return merged(name).filter(one -> containsSame(one.members(), binding));
  }

  private static boolean containsSame(Set<Binding> members, Binding binding) {
    return members.stream().anyMatch(member -> member == binding);
  }

  Flow everything() {
    Flow all =
        bindings.stream()
            .map(binding -> binding.outputs().everything())
            .reduce(Flow.NONE, Flow::and);
    return merged.stream().map(one -> one.column().flow()).reduce(all, Flow::and);
  }

  /// A set of relations told apart by identity, for two may look alike.
  static Set<Binding> identities() {
    Map<Binding, Boolean> map = new IdentityHashMap<>();
    return java.util.Collections.newSetFromMap(map);
  }
}
