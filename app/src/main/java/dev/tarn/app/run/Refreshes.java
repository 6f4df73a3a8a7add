package dev.tarn.app.run;

import dev.tarn.app.plan.KnownModel;
import dev.tarn.store.TableState;
import dev.tarn.transform.Materialize;
import dev.tarn.transform.Refresh;
import dev.tarn.transform.RefreshChoice;
import dev.tarn.vocabulary.TableName;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Says whether a model must be refreshed, how, and why.
///
/// @param states what made each table what it is, as of the run's beginning
/// @param current the version of each table that readers see, by name
/// @param full whether everything is to be recomputed
public record Refreshes(
    Map<TableName, TableState> states, Map<TableName, String> current, boolean full) {

  /// Empty when the table is what a recompute would make it.
  ///
  /// @param inputs the version of each table that the model would read
  public Optional<Refresh> choose(KnownModel model, Map<String, String> inputs) {
    boolean history = model.settings().materialize() == Materialize.SNAPSHOT;
    Optional<String> whole = whole(model);
    if (whole.isPresent()) {
      return whole.map(why -> history ? new Refresh.History(why, Map.of()) : new Refresh.Full(why));
    }
    Map<String, String> before = state(model).inputs();
    Set<String> changed = changed(before, inputs);
    if (changed.isEmpty()) {
      return Optional.empty();
    }
    String why = told(changed);
    if (model.settings().lookback().isPresent()) {
      return Optional.of(new Refresh.Recent(why));
    }
    boolean known = before.keySet().containsAll(changed) && inputs.keySet().containsAll(changed);
    if (history) {
      return Optional.of(new Refresh.History(why, known ? since(before, changed) : Map.of()));
    }
    return Optional.of(
        known && model.settings().refresh() != RefreshChoice.FULL
            ? new Refresh.Incremental(why, since(before, changed))
            : new Refresh.Full(why));
  }

  private TableState state(KnownModel model) {
    return Objects.requireNonNull(states.get(model.table()));
  }

  private static Map<TableName, String> since(Map<String, String> before, Set<String> changed) {
    return changed.stream()
        .collect(
            Collectors.toMap(TableName::parse, table -> Objects.requireNonNull(before.get(table))));
  }

  /// Empty unless the table was taken back to an earlier version.
  Optional<String> rolledBack(TableName table) {
    return Optional.ofNullable(states.get(table)).flatMap(RolledBack::why);
  }

  /// Why the rows that the model's query gives may be others than those that the table and its
  /// quarantine hold together; empty when they are the same, whatever its checks say now.
  ///
  /// @param inputs the version of each table that the query would read
  Optional<String> otherRows(KnownModel model, Map<String, String> inputs) {
    TableState state = states.get(model.table());
    boolean checksOnly =
        state != null
            && !full
            && current.containsKey(model.table())
            && RolledBack.why(state).isEmpty()
            && model.isSameBeforeChecks(state.fingerprint())
            && state.metadataLocation().equals(current.get(model.table()))
            && state.inputs().entrySet().containsAll(inputs.entrySet());
    return checksOnly
        ? Optional.empty()
        : choose(model, inputs).map(Refresh::why).or(() -> Optional.of("it is due"));
  }

  /// What forces a recompute, whatever changed; empty when nothing does.
  Optional<String> whole(KnownModel model) {
    TableState state = states.get(model.table());
    if (state == null || !current.containsKey(model.table())) {
      return Optional.of("it was never built");
    }
    if (full) {
      return Optional.of("a full refresh was asked for");
    }
    Optional<String> rolledBack = RolledBack.why(state);
    if (rolledBack.isPresent()) {
      return rolledBack;
    }
    Optional<String> inPart = BackfillMark.why(state);
    if (inPart.isPresent()) {
      return inPart;
    }
    if (!state.fingerprint().equals(model.fingerprint())) {
      return Optional.of("the model changed");
    }
    return state.metadataLocation().equals(current.get(model.table()))
        ? Optional.empty()
        : Optional.of("the table was changed by another program");
  }

  private static Set<String> changed(Map<String, String> before, Map<String, String> now) {
    TreeSet<String> changed = new TreeSet<>(now.keySet());
    changed.addAll(before.keySet());
    changed.removeIf(table -> Objects.equals(before.get(table), now.get(table)));
    return changed;
  }

  private static String told(Set<String> changed) {
    return changed.stream().limit(3).collect(Collectors.joining(", "))
        + (changed.size() > 3 ? " and more" : "")
        + " changed";
  }
}
