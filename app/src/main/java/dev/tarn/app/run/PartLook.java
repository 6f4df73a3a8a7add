package dev.tarn.app.run;

import dev.tarn.app.plan.Blueprint;
import dev.tarn.app.plan.KnownModel;
import dev.tarn.app.project.Hashes;
import dev.tarn.engine.EngineConnection;
import dev.tarn.lake.AsOf;
import dev.tarn.lake.Branch;
import dev.tarn.store.PartRecord;
import dev.tarn.store.TableState;
import dev.tarn.transform.Materialize;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Looks which partitions of a table there are, and which of them are missing.
final class PartLook {
  private final Opened opened;
  private final Blueprint blueprint;
  private final LazySession session;

  PartLook(Opened opened, Blueprint blueprint, LazySession session) {
    this.opened = opened;
    this.blueprint = blueprint;
    this.session = session;
  }

  /// @param versions names the versions of all that the model reads
  record Found(KnownModel model, Partitions partitions, List<PartState> parts, String versions) {}

  Found at(KnownModel model) {
    if (model.settings().materialize() == Materialize.VIEW) {
      throw Failure.input(model.table() + " is a view, which holds no rows", "");
    }
    if (model.settings().materialize() == Materialize.SNAPSHOT) {
      throw Failure.input(
          model.table() + " keeps a history, of which no partition can be made again",
          "tarn run adds what is missing; tarn rollback takes it back to an earlier version");
    }
    RunId nobody = RunId.next(opened.clock().instant(), opened.random());
    try (Branch branch = opened.lake().branch(nobody);
        EngineConnection connection = session.connect()) {
      Workspace workspace =
          new Workspace(opened.lake(), branch, session, new AsOf.Current(), blueprint.viewInputs());
      workspace.expose(model.inputs());
      Partitions partitions = Partitions.of(model, connection.describe(model.sql()));
      String sql = "(\n" + model.sql() + "\n) AS made";
      Map<String, Long> rows = counts(connection, partitions, sql);
      Map<String, Long> there = new HashMap<>();
      for (TableName name : List.of(model.table(), model.table().quarantine())) {
        if (opened.lake().find(name).isPresent()) {
          refuseOtherKey(model, partitions);
          workspace.expose(List.of(name));
          counts(connection, partitions, name.sql())
              .forEach((part, n) -> there.merge(part, n, Long::sum));
        }
      }
      String versions = versions(workspace.versions(model.reads()));
      return new Found(model, partitions, states(model, rows, there), versions);
    }
  }

  private void refuseOtherKey(KnownModel model, Partitions partitions) {
    opened
        .lake()
        .find(model.table())
        .filter(now -> now.schema().column(partitions.key().column()).isEmpty())
        .ifPresent(_ -> {
          throw Failure.input(
              model.table() + " has no column " + partitions.key().column() + " yet",
              "tarn run " + model.table() + " --full makes it whole");
        });
  }

  /// A short name for versions of tables.
  static String versions(Map<String, String> versions) {
    return Hashes.sha256(new TreeMap<>(versions).toString());
  }

  private static Map<String, Long> counts(
      EngineConnection connection, Partitions partitions, String from) {
    Map<String, Long> counts = new TreeMap<>();
    String sql = "SELECT " + partitions.label() + " AS part, count(*) FROM " + from + " GROUP BY 1";
    for (List<@Nullable Object> row : connection.query(sql, Integer.MAX_VALUE).rows()) {
      counts.put(
          String.valueOf(row.get(0)), ((Number) Objects.requireNonNull(row.get(1))).longValue());
    }
    return counts;
  }

  private List<PartState> states(
      KnownModel model, Map<String, Long> rows, Map<String, Long> there) {
    Optional<TableState> state =
        opened.store().read(transaction -> transaction.states().find(model.table()));
    Map<String, PartRecord> records =
        opened.store().read(transaction -> transaction.parts().ofTable(model.table())).stream()
            .filter(record -> record.fingerprint().equals(model.fingerprint()))
            .filter(record ->
                state.filter(made -> made.at().isAfter(record.at())).isEmpty()
                    || !state.get().fingerprint().equals(model.fingerprint()))
            .collect(Collectors.toMap(PartRecord::part, Function.identity()));
    boolean current =
        state.filter(made -> made.fingerprint().equals(model.fingerprint())).isPresent();
    Map<String, Long> all = new TreeMap<>(rows);
    there.keySet().forEach(part -> all.putIfAbsent(part, 0L));
    List<PartState> states = new ArrayList<>();
    all.forEach((part, count) ->
        states.add(
            state(
                part,
                count,
                there.getOrDefault(part, 0L),
                current,
                Optional.ofNullable(records.get(part)))));
    return states;
  }

  private static PartState state(
      String part, long rows, long there, boolean current, Optional<PartRecord> record) {
    PartState found = new PartState(part, rows, there, PartState.State.MISSING, "");
    if (record.filter(last -> !last.made()).isPresent()) {
      return found.as(PartState.State.FAILED, record.get().reason());
    }
    boolean made = (current || record.isPresent()) && (there > 0 || rows == 0);
    return made ? found.as(PartState.State.MADE, "") : found;
  }
}
