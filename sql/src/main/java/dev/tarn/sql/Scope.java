package dev.tarn.sql;

import dev.tarn.vocabulary.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The names that an expression can use, and what each stands for. Names not found here are sought
/// further out.
final class Scope {
  private static final int LONGEST_QUALIFIER = 3;

  private final Frame frame;
  private final Optional<Scope> outer;
  private final CommonTables commonTables;
  private final List<FlowColumn> aliases;
  private final Set<String> parameters;
  private final Optional<FlowColumn> starred;

  private Scope(
      Frame frame,
      Optional<Scope> outer,
      CommonTables commonTables,
      List<FlowColumn> aliases,
      Set<String> parameters,
      Optional<FlowColumn> starred) {
    this.frame = frame;
    this.outer = outer;
    this.commonTables = commonTables;
    this.aliases = aliases;
    this.parameters = parameters;
    this.starred = starred;
  }

  static Scope outermost() {
    return new Scope(
        Frame.EMPTY, Optional.empty(), CommonTables.NONE, List.of(), Set.of(), Optional.empty());
  }

  /// A scope inside this one, in which the relations of `inner` are found first.
  Scope inside(Frame inner) {
    return new Scope(inner, Optional.of(this), commonTables, List.of(), Set.of(), Optional.empty());
  }

  Scope with(CommonTables tables) {
    return new Scope(frame, outer, tables, aliases, parameters, starred);
  }

  /// Items of SELECT that later ones can name.
  Scope withAliases(List<FlowColumn> named) {
    return new Scope(frame, outer, commonTables, List.copyOf(named), parameters, starred);
  }

  /// Names that are parameters of a lambda, not columns.
  Scope withParameters(List<String> names) {
    Set<String> all = new HashSet<>(parameters);
    names.forEach(name -> all.add(name.toLowerCase(Locale.ROOT)));
    return new Scope(frame, outer, commonTables, aliases, all, starred);
  }

  /// The column that COLUMNS(…) stands for in the copy of the expression at hand.
  Scope withStarred(FlowColumn column) {
    return new Scope(frame, outer, commonTables, aliases, parameters, Optional.of(column));
  }

  Frame frame() {
    return frame;
  }

  CommonTables commonTables() {
    return commonTables;
  }

  Optional<FlowColumn> starred() {
    return starred;
  }

  Optional<FlowColumn> alias(String name) {
    return aliases.stream().filter(column -> column.name().equalsIgnoreCase(name)).findFirst();
  }

  /// What a column reference stands for; when it can't be told, everything in reach.
  FlowColumn resolve(List<String> path) {
    return find(path)
        .orElseGet(() -> new FlowColumn(path.getLast(), Optional.empty(), unknown(path)));
  }

  private Flow unknown(List<String> path) {
    boolean function =
        path.size() == 1
            && VolatileParts.NAMES_WITHOUT_BRACKETS.contains(
                path.getFirst().toLowerCase(Locale.ROOT));
    return function ? Flow.NONE : everything().asGuess();
  }

  /// What a name stands for, if it stands for anything.
  Optional<FlowColumn> known(List<String> path) {
    return find(path);
  }

  private Optional<FlowColumn> find(List<String> path) {
    if (parameters.contains(path.getFirst().toLowerCase(Locale.ROOT))) {
      return Optional.of(new FlowColumn(path.getLast(), Optional.empty(), Flow.NONE));
    }
    return qualified(path).or(() -> unqualified(path)).or(() -> notColumn(path));
  }

  /// What a name is that no known column here bears. Where columns are not known, it may be one of
  /// them all the same.
  private Optional<FlowColumn> notColumn(List<String> path) {
    Optional<FlowColumn> other =
        alias(path.getFirst())
            .map(column -> field(column, path, 1))
            .or(() -> wholeRow(path))
            .or(() -> outer.flatMap(scope -> scope.find(path)));
    boolean qualifiedOutside = path.size() > 1 && other.isPresent();
    if (frame.rest().isEmpty() || qualifiedOutside) {
      return other;
    }
    List<FlowColumn> candidates = new ArrayList<>(other.stream().toList());
    frame.bindings().stream()
        .flatMap(binding -> binding.columnOrRest(path.getFirst()).stream())
        .forEach(candidates::add);
    return any(candidates, path);
  }

  private Optional<FlowColumn> qualified(List<String> path) {
    for (int size = Math.min(LONGEST_QUALIFIER, path.size() - 1); size > 0; size--) {
      List<String> qualifier = path.subList(0, size);
      for (Binding binding : frame.bindings()) {
        if (binding.isNamed(qualifier)) {
          Optional<FlowColumn> column = binding.columnOrRest(path.get(size));
          if (column.isPresent()) {
            return Optional.of(field(column.get(), path, size + 1));
          }
        }
      }
    }
    return Optional.empty();
  }

  private Optional<FlowColumn> unqualified(List<String> path) {
    String name = path.getFirst();
    Optional<Frame.Merged> merged = frame.merged(name);
    if (merged.isPresent()) {
      return Optional.of(field(merged.get().column(), path, 1));
    }
    List<FlowColumn> found =
        frame.bindings().stream().flatMap(binding -> binding.column(name).stream()).toList();
    return any(found, path);
  }

  private static Optional<FlowColumn> any(List<FlowColumn> found, List<String> path) {
    if (found.isEmpty()) {
      return Optional.empty();
    }
    if (found.size() == 1) {
      return Optional.of(field(found.getFirst(), path, 1));
    }
    Flow all = found.stream().map(FlowColumn::flow).reduce(Flow.NONE, Flow::and);
    return Optional.of(new FlowColumn(path.getLast(), Optional.empty(), all.asGuess()));
  }

  /// `SELECT t FROM t`: the row as one value.
  private Optional<FlowColumn> wholeRow(List<String> path) {
    return frame.bindings().stream()
        .filter(binding -> binding.isNamed(path.subList(0, 1)) && path.size() == 1)
        .findFirst()
        .map(binding -> row(path.getFirst(), binding.outputs()));
  }

  private static FlowColumn row(String name, Outputs outputs) {
    return new FlowColumn(name, ValueTypes.struct(outputs), outputs.everything());
  }

  /// A field of a struct carries what the whole struct carries.
  private static FlowColumn field(FlowColumn column, List<String> path, int from) {
    Optional<Type> type = column.type();
    for (String part : path.subList(from, path.size())) {
      type = type.flatMap(whole -> ValueTypes.field(whole, part));
    }
    String name = from == path.size() ? column.name() : path.getLast();
    return new FlowColumn(name, type, column.flow());
  }

  private Flow everything() {
    return outer.map(Scope::everything).orElse(Flow.NONE).and(frame.everything());
  }

  /// True when all but the last part of a reference name a relation.
  boolean qualifies(List<String> path) {
    List<String> qualifier = path.subList(0, path.size() - 1);
    return frame.bindings().stream().anyMatch(binding -> binding.isNamed(qualifier))
        || outer.isPresent() && outer.get().qualifies(path);
  }

  /// The relation or struct column that `name.*` opens, as columns.
  Optional<Outputs> opened(String name) {
    List<String> path = new ArrayList<>(List.of(name));
    for (Binding binding : frame.bindings()) {
      if (binding.isNamed(path)) {
        return Optional.of(binding.outputs());
      }
    }
    return unqualified(path)
        .map(column -> ValueTypes.opened(column.value()))
        .or(() -> outer.flatMap(scope -> scope.opened(name)));
  }
}
