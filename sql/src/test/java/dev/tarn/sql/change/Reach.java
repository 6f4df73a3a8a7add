package dev.tarn.sql.change;

import dev.tarn.vocabulary.Identifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What an expression may name: columns of relations side by side, and those further out.
record Reach(List<Source> sources, List<Col> merged, Optional<Reach> outer) {

  /// A column and its type.
  record Col(String name, Kind kind) {
    boolean isNamed(String other) {
      return name.equalsIgnoreCase(other);
    }
  }

  /// A relation under a name.
  ///
  /// @param layer the layer of a table that goes by its own name; empty for others
  record Source(String alias, List<Col> columns, String layer) {
    Source(String alias, List<Col> columns) {
      this(alias, columns, "");
    }
  }

  /// A way to name a column.
  record Name(String sql, Kind kind) {}

  static final Reach NOTHING = new Reach(List.of(), List.of(), Optional.empty());

  Reach within(Reach further) {
    return new Reach(sources, merged, Optional.of(further));
  }

  /// All columns, each by a name that is not ambiguous.
  List<Name> names(Dice dice) {
    return names(dice, NOTHING);
  }

  /// The same beside other relations.
  List<Name> names(Dice dice, Reach beside) {
    List<Name> names = new ArrayList<>();
    for (Source source : sources) {
      for (Col column : source.columns()) {
        boolean shared = isMerged(column.name());
        boolean bare =
            !shared && count(column.name()) + beside.count(column.name()) == 1 && dice.once(2);
        String name = written(column.name(), dice);
        String layer = !source.layer().isEmpty() && dice.once(4) ? source.layer() + "." : "";
        String whole = layer + written(source.alias(), dice) + "." + name;
        names.add(new Name(bare ? name : whole, column.kind()));
      }
    }
    merged.stream()
        .filter(column -> beside.count(column.name()) == 0)
        .forEach(column -> names.add(new Name(written(column.name(), dice), column.kind())));
    return names;
  }

  List<Name> names(Dice dice, Kind kind) {
    return names(dice).stream().filter(name -> name.kind() == kind).toList();
  }

  private boolean isMerged(String name) {
    return merged.stream().anyMatch(column -> column.isNamed(name));
  }

  /// How many relations have a column of a name.
  long count(String name) {
    return sources.stream()
        .filter(source -> source.columns().stream().anyMatch(column -> column.isNamed(name)))
        .count();
  }

  /// Whether `*` gives each name once.
  boolean starred() {
    List<String> all =
        sources.stream()
            .flatMap(source -> source.columns().stream())
            .map(column -> column.name().toLowerCase(Locale.ROOT))
            .toList();
    return merged.isEmpty() && all.stream().distinct().count() == all.size();
  }

  /// With quotes or without, in any case.
  static String written(String name, Dice dice) {
    String quoted = Identifiers.quote(name);
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*") || List.of("group", "at").contains(name)) {
      return quoted;
    }
    return switch (dice.below(6)) {
      case 0 -> quoted;
      case 1 -> name.toUpperCase(Locale.ROOT);
      default -> name;
    };
  }
}
