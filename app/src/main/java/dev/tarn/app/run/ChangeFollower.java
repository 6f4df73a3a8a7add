package dev.tarn.app.run;

import dev.tarn.app.plan.KnownModel;
import dev.tarn.engine.EngineConnection;
import dev.tarn.lake.AsOf;
import dev.tarn.lake.Lake;
import dev.tarn.lake.LakeTable;
import dev.tarn.lake.LakeView;
import dev.tarn.quality.DeclaredCheck;
import dev.tarn.quality.Screen;
import dev.tarn.quality.Written;
import dev.tarn.sql.Query;
import dev.tarn.sql.SqlParser;
import dev.tarn.sql.change.QueryChange;
import dev.tarn.store.MetadataStore;
import dev.tarn.store.TableState;
import dev.tarn.transform.Lookback;
import dev.tarn.transform.Materialize;
import dev.tarn.transform.Refresh;
import dev.tarn.transform.history.HistoryTable;
import dev.tarn.transform.incremental.ChangedInput;
import dev.tarn.transform.incremental.ChangedKeys;
import dev.tarn.transform.incremental.Followable;
import dev.tarn.transform.incremental.IncrementalRefresh;
import dev.tarn.transform.incremental.IncrementalRefresh.Declined;
import dev.tarn.transform.incremental.IncrementalRefresh.Sifting;
import dev.tarn.transform.incremental.MadeChanges;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Remedy;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Refreshes models by what changed in their inputs, where that can be done.
final class ChangeFollower implements AutoCloseable {
  private final MetadataStore store;
  private final Lake lake;
  private final Workspace workspace;
  private final boolean current;
  private final Instant now;
  private final MadeChanges made = new MadeChanges();
  private Optional<SqlParser> parser = Optional.empty();

  /// @param current whether the run reads tables as they are now
  /// @param now the run's time
  ChangeFollower(
      MetadataStore store, Lake lake, Workspace workspace, boolean current, Instant now) {
    this.store = store;
    this.lake = lake;
    this.workspace = workspace;
    this.current = current;
    this.now = now;
  }

  /// The run's time, the same for every attempt.
  Instant now() {
    return now;
  }

  /// What following came to, and what the checks are to know of it.
  record Followed(IncrementalRefresh.Outcome outcome, Written written) {}

  /// Stages what the changes lead to, or declines, with nothing staged.
  Followed follow(KnownModel model, Refresh.Incremental refresh) {
    Optional<String> reason = current ? unfit(model) : Optional.of("an earlier version is read");
    reason =
        reason
            .or(() -> begun(model.table()))
            .or(() -> patched(model.table()))
            .or(() -> Experience.against(store, model));
    if (reason.isPresent()) {
      return declined(reason.get());
    }
    return switch (understood(model, refresh.since())) {
      case Obscure obscure -> declined(obscure.why());
      case Understood known ->
          changed(
              model,
              (rows, sifting) ->
                  rows.apply(known.change(), known.inputs(), model.settings().key(), sifting));
    };
  }

  /// What is known of how changes of a model's inputs reach its result.
  private sealed interface Understanding {}

  private record Understood(QueryChange change, List<ChangedInput> inputs)
      implements Understanding {}

  private record Obscure(String why) implements Understanding {}

  private Understanding understood(KnownModel model, Map<TableName, String> versions) {
    SqlParser open = parser();
    Query query = open.parse(model.sql());
    Followable followable = followable(open);
    Set<TableName> read = followable.tables(query);
    Map<TableName, ChangedInput> inputs = new LinkedHashMap<>();
    for (Map.Entry<TableName, String> since : versions.entrySet()) {
      TableName table = since.getKey();
      if (read.contains(table)) {
        Optional<ChangedInput> input = input(table, since.getValue());
        if (input.isEmpty()) {
          return new Obscure("the version of " + table + " that it was made of is not kept");
        }
        inputs.put(table, input.get());
      } else if (otherView(table, since.getValue())) {
        return new Obscure("the view " + table + " changed");
      }
    }
    if (inputs.isEmpty()) {
      return new Obscure("only what its checks read changed");
    }
    return switch (followable.of(query, inputs.keySet())) {
      case QueryChange.Stopped stopped -> new Obscure(stopped.obstacle().what());
      case QueryChange.Followed followed ->
          new Understood(followed.change(), List.copyOf(inputs.values()));
    };
  }

  /// The keys of a history that changes may lead to, in a table of the connection.
  ///
  /// @param query the columns of the model's query
  ChangedKeys.Outcome keys(
      KnownModel model, Refresh.History refresh, EngineConnection connection, Schema query) {
    Optional<LakeTable> history =
        workspace.branch().find(model.table()).filter(HistoryTable::isHistory);
    if (refresh.since().isEmpty() || history.isEmpty()) {
      return new ChangedKeys.Unknown(refresh.why());
    }
    try {
      return switch (understood(model, refresh.since())) {
        case Obscure obscure -> new ChangedKeys.Unknown(obscure.why());
        case Understood known ->
            new ChangedKeys(
                    workspace.session(),
                    connection,
                    history.get(),
                    query,
                    model.settings().key(),
                    made)
                .of(known.change(), known.inputs());
      };
    } catch (Failure failure) {
      if (failure.remedy() == Remedy.RETRY) {
        throw failure;
      }
      return new ChangedKeys.Unknown("following the change failed: " + failure.getMessage());
    }
  }

  /// Stages what differs in the rows that are new enough, or declines, with nothing staged.
  Followed recent(KnownModel model, Lookback lookback) {
    Optional<String> reason = current ? unfit(model) : Optional.of("an earlier version is read");
    return reason
        .map(ChangeFollower::declined)
        .orElseGet(() ->
            changed(
                model,
                (rows, sifting) ->
                    rows.recent(lookback, model.sql(), model.settings().key(), sifting, now)));
  }

  /// An attempt that failed later may have staged the change already: it must not be made twice.
  private Optional<String> begun(TableName table) {
    return workspace.branch().staged().contains(table)
        ? Optional.of("an earlier attempt had changed it")
        : Optional.empty();
  }

  /// A backfill may have made some partitions of newer rows than the others.
  private Optional<String> patched(TableName table) {
    return store
        .read(transaction -> {
          Instant whole = transaction.states().find(table).map(TableState::at).orElse(Instant.MIN);
          return transaction.parts().ofTable(table).stream()
              .filter(part -> part.made() && part.at().isAfter(whole))
              .findFirst();
        })
        .map(part -> "its partition " + part.part() + " was made apart from the others");
  }

  private static Followed declined(String why) {
    return new Followed(new Declined(why), Written.unknown());
  }

  /// What in a model itself keeps it from being refreshed by changes.
  static Optional<String> unfit(KnownModel model) {
    if (model.settings().materialize() != Materialize.TABLE) {
      return Optional.of("it is no table");
    }
    List<DeclaredCheck> quarantines =
        model.checks().stream().filter(DeclaredCheck::quarantines).toList();
    if (quarantines.stream().anyMatch(check -> !check.check().tables().isEmpty())) {
      return Optional.of("a quarantine check reads another table");
    }
    return !quarantines.isEmpty() && !model.settings().sort().isEmpty()
        ? Optional.of("it is sorted, and a check may put rows in quarantine")
        : Optional.empty();
  }

  private Optional<ChangedInput> input(TableName table, String since) {
    Optional<Long> before = lake.snapshotOf(table, since);
    Optional<LakeTable> now = workspace.branch().find(table);
    return before.flatMap(snapshot ->
        now.filter(found -> found.history().stream().anyMatch(version -> version.id() == snapshot))
            .map(found -> new ChangedInput(found, new AsOf.Snapshot(snapshot))));
  }

  /// Whether a name stands for another query than it did, or for a query at all.
  private boolean otherView(TableName name, String since) {
    Optional<String> now = workspace.branch().findView(name).map(LakeView::sql);
    return now.isPresent() && !now.equals(lake.viewOf(name, since).map(LakeView::sql));
  }

  private Followable followable(SqlParser open) {
    return new Followable(open, table -> view(open, table), this::schema);
  }

  private Optional<Query> view(SqlParser open, TableName table) {
    return workspace.branch().findView(table).map(view -> open.parse(view.sql()));
  }

  private Optional<Schema> schema(TableName table) {
    return workspace.branch().find(table).map(LakeTable::schema);
  }

  /// How the rows that change are found.
  @FunctionalInterface
  private interface Way {
    IncrementalRefresh.Outcome take(IncrementalRefresh rows, Optional<Sifting> sifting);
  }

  private Followed changed(KnownModel model, Way way) {
    workspace.expose(model.inputs());
    LakeTable target =
        workspace
            .branch()
            .find(model.table())
            .orElseThrow(() -> Failure.bug("no table to change", new IllegalStateException()));
    try (EngineConnection connection = workspace.connect()) {
      if (!connection.describe(model.sql()).columns().equals(target.schema().columns())) {
        return declined("the columns of its result changed");
      }
      return changed(model, way, target, connection);
    } catch (Failure failure) {
      if (failure.remedy() == Remedy.RETRY) {
        throw failure;
      }
      return declined("following the change failed: " + failure.getMessage());
    }
  }

  private Followed changed(
      KnownModel model, Way way, LakeTable target, EngineConnection connection) {
    Optional<Screen> screen = Screen.of(model.table(), target.schema(), model.checks());
    if (screen.isEmpty() && model.checks().stream().anyMatch(DeclaredCheck::quarantines)) {
      return declined("a quarantine check compares rows of the table");
    }
    if (screen.isPresent() && !ofItsRowAlone(screen.get())) {
      return declined("a quarantine check reads another table or asks for the time");
    }
    Optional<HeldRows> held =
        screen.map(found -> new HeldRows(workspace, connection, target, found));
    IncrementalRefresh.Outcome outcome =
        way.take(
            new IncrementalRefresh(
                workspace.session(), connection, workspace.branch(), target, made),
            held.map(HeldRows::sifting));
    return new Followed(outcome, new Written(List.of(), held.flatMap(HeldRows::aside)));
  }

  /// Whether a row that stays as it is stays on the side where it is.
  private boolean ofItsRowAlone(Screen screen) {
    Query mark = parser().parse("SELECT " + screen.mark() + " FROM this");
    return mark.volatileFunctions().isEmpty()
        && mark.tables().stream().allMatch(table -> table.table().isEmpty());
  }

  private synchronized SqlParser parser() {
    if (parser.isEmpty()) {
      parser = Optional.of(new SqlParser());
    }
    return parser.get();
  }

  @Override
  public synchronized void close() {
    parser.ifPresent(SqlParser::close);
  }
}
