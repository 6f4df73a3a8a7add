package dev.tarn.sql;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The common tables in reach, by name.
record CommonTables(Map<String, Outputs> byName) {
  static final CommonTables NONE = new CommonTables(Map.of());

  CommonTables with(String name, Outputs outputs) {
    Map<String, Outputs> all = new HashMap<>(byName);
    all.put(name.toLowerCase(Locale.ROOT), outputs);
    return new CommonTables(Map.copyOf(all));
  }

  /// The common table that a name in FROM stands for. The step of a recursive one may also say
  /// `recurring.name`.
  Optional<Outputs> find(List<String> path) {
    return Optional.ofNullable(byName.get(String.join(".", path).toLowerCase(Locale.ROOT)));
  }
}
