package dev.tarn.transform.incremental;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.engine.change.Changes;
import dev.tarn.lake.AsOf;
import dev.tarn.lake.Difference;
import dev.tarn.sql.change.InputChange;
import dev.tarn.sql.change.Kept;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The inputs of one table that changed, and what became of them.
final class Inputs {
  /// As many rows of files that only one version has are compared to find the few that changed.
  private static final long COMPARED_ROWS = 5_000_000;

  private final EngineSession session;
  private final EngineConnection connection;
  private final TableName target;
  private final MadeChanges made;
  private final Map<ChangedInput, Difference> differences = new LinkedHashMap<>();
  private final List<String> told = new ArrayList<>();

  /// @param target the table that is made of them
  /// @param made what is known of their changes
  Inputs(
      EngineSession session,
      EngineConnection connection,
      TableName target,
      List<ChangedInput> inputs,
      MadeChanges made) {
    this.session = session;
    this.connection = connection;
    this.target = target;
    this.made = made;
    inputs.forEach(input ->
        differences.put(input, input.now().difference(input.before(), new AsOf.Current())));
  }

  /// Why following their changes is not to be tried, as far as that shows before a row is read.
  Optional<String> unfit(Limits limits) {
    for (Map.Entry<ChangedInput, Difference> entry : differences.entrySet()) {
      TableName input = entry.getKey().now().name();
      Difference difference = entry.getValue();
      if (!difference.columns().isEmpty()) {
        return Optional.of("the columns of " + input + " changed");
      }
      boolean compared =
          !difference.added().files().isEmpty() && !difference.removed().files().isEmpty();
      long most = limits.most(difference.rowsAfter());
      long changed = difference.added().rows() + difference.removed().rows();
      if (changed > (compared ? Math.max(COMPARED_ROWS, most) : most)) {
        return Optional.of("most of " + input + " was written anew");
      }
    }
    return Optional.empty();
  }

  /// How many rows an input has now, about.
  long rows(TableName input) {
    return differences.entrySet().stream()
        .filter(entry -> entry.getKey().now().name().equals(input))
        .mapToLong(entry -> entry.getValue().rowsAfter())
        .sum();
  }

  /// Makes readable what went, what came and what was.
  Map<TableName, InputChange> exposed() {
    Map<TableName, InputChange> changes = new HashMap<>();
    differences.forEach(
        (input, difference) -> changes.put(input.now().name(), exposed(input, difference)));
    return changes;
  }

  private InputChange exposed(ChangedInput input, Difference difference) {
    TableName table = input.now().name();
    TableName before = name("before", table);
    session.expose(before, input.now().scan(input.before()));
    InputChange change =
        made.between(table, difference.before().id(), difference.after().id())
            .map(known -> new InputChange(path(before), known.gone(), known.come()))
            .orElseGet(() -> compared(input, difference, before));
    told.add("%s +%,d -%,d".formatted(table, change.come().rows(), change.gone().rows()));
    return change;
  }

  private InputChange compared(ChangedInput input, Difference difference, TableName before) {
    TableName table = input.now().name();
    TableName gone = name("gone", table);
    TableName come = name("come", table);
    Changes changes = Changes.expose(session, connection, difference, gone, come);
    List<String> columns = input.now().schema().columns().stream().map(Column::name).toList();
    return new InputChange(
        path(before),
        new Kept(path(gone), columns, changes.gone()),
        new Kept(path(come), columns, changes.come()));
  }

  /// How many rows came and went, by input, in words.
  String told() {
    return String.join(", ", told);
  }

  private TableName name(String what, TableName table) {
    return name(what, target, table);
  }

  /// A name in the session that only the refresh of the table `target` uses.
  static TableName name(String what, TableName target, TableName table) {
    return new TableName(
        "tarn_" + what,
        target.layer() + "__" + target.name() + "__of__" + table.layer() + "__" + table.name());
  }

  private static List<String> path(TableName name) {
    return List.of(name.layer(), name.name());
  }
}
