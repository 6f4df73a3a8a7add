package dev.tarn.app.run;

import dev.tarn.app.plan.Blueprint;
import dev.tarn.app.plan.KnownModel;
import dev.tarn.lake.Lake;
import dev.tarn.lake.LakeTable;
import dev.tarn.lake.PartitionKey;
import dev.tarn.sql.Query;
import dev.tarn.sql.SqlParser;
import dev.tarn.sql.change.QueryChange;
import dev.tarn.store.MetadataStore;
import dev.tarn.transform.HistorySettings;
import dev.tarn.transform.Lookback;
import dev.tarn.transform.Materialize;
import dev.tarn.transform.Refresh;
import dev.tarn.transform.RefreshChoice;
import dev.tarn.transform.incremental.Followable;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Says how models would be refreshed, as far as that can be told before any row is read: a run may
/// still find that so much changed that computing all is cheaper.
final class PlannedRefreshes implements AutoCloseable {
  private final MetadataStore store;
  private final Lake lake;
  private final Blueprint blueprint;
  private final Refreshes refreshes;
  private final SqlParser parser = new SqlParser();

  PlannedRefreshes(Opened opened, Blueprint blueprint, Refreshes refreshes) {
    this.store = opened.store();
    this.lake = opened.lake();
    this.blueprint = blueprint;
    this.refreshes = refreshes;
  }

  /// `full: ` and why, or `incremental: `, `lookback: ` or `history: ` and how.
  ///
  /// @param refresh what is known to be due; empty when only tables above will change
  /// @param above the tables that the run will change
  String of(KnownModel model, Optional<Refresh> refresh, Collection<TableName> above) {
    if (model.settings().materialize() == Materialize.SNAPSHOT) {
      return "history: "
          + history(model.settings().history())
          + allCompared(model, refresh, above)
              .map(why -> "; all is compared: " + why)
              .orElse("; changed keys only");
    }
    Optional<String> whole = whole(model, refresh);
    if (whole.isPresent()) {
      return "full: " + whole.get();
    }
    Optional<Lookback> lookback = model.settings().lookback();
    if (lookback.isPresent()) {
      return "lookback: " + lookback.get().told();
    }
    return switch (followed(model, refresh, above)) {
      case QueryChange.Stopped stopped -> "full: " + stopped.obstacle().what();
      case QueryChange.Followed followed ->
          Experience.against(store, model)
              .map(why -> "full: " + why)
              .orElseGet(() ->
                  "incremental: " + followed.change().how() + partitions(model, followed.change()));
    };
  }

  /// Whether keys tell the partitions that are read and changed: of these nothing else is.
  private String partitions(KnownModel model, QueryChange change) {
    List<String> key = change.key().orElse(List.of());
    Optional<LakeTable> table = lake.find(model.table());
    boolean told =
        model.settings().partition().stream()
            .map(PartitionKey::column)
            .filter(column -> key.stream().anyMatch(column::equalsIgnoreCase))
            .flatMap(column -> table.flatMap(now -> now.schema().column(column)).stream())
            .map(Column::type)
            .anyMatch(Lookback.TYPES::contains);
    return told ? ", in their partitions" : "";
  }

  /// How changes of what it reads reach the result.
  private QueryChange.Answer followed(
      KnownModel model, Optional<Refresh> refresh, Collection<TableName> above) {
    Set<TableName> changed = new TreeSet<>(above);
    refresh.ifPresent(due -> changed.addAll(since(due)));
    Followable followable =
        new Followable(parser, this::view, table -> lake.find(table).map(LakeTable::schema));
    Query query = parser.parse(model.sql());
    Set<TableName> read = followable.tables(query);
    read.retainAll(throughViews(changed));
    return followable.of(query, read);
  }

  private static Set<TableName> since(Refresh due) {
    return switch (due) {
      case Refresh.Incremental incremental -> incremental.since().keySet();
      case Refresh.History history -> history.since().keySet();
      case Refresh.Full _, Refresh.Recent _ -> Set.of();
    };
  }

  /// Why keys that did not change are compared with the history too.
  private Optional<String> allCompared(
      KnownModel model, Optional<Refresh> refresh, Collection<TableName> above) {
    Optional<String> forced = refreshes.whole(model);
    if (forced.isPresent()) {
      return forced;
    }
    return switch (followed(model, refresh, above)) {
      case QueryChange.Stopped stopped -> Optional.of(stopped.obstacle().what());
      case QueryChange.Followed _ -> Optional.empty();
    };
  }

  private static String history(HistorySettings history) {
    String versions =
        history
            .updatedAt()
            .map(column -> "new versions by " + column)
            .orElse("what changed begins a version at the run's time");
    return switch (history.deletes()) {
      case CLOSE -> versions + ", what is missing ends";
      case IGNORE -> versions;
    };
  }

  private Optional<String> whole(KnownModel model, Optional<Refresh> refresh) {
    if (model.settings().materialize() == Materialize.VIEW) {
      return Optional.of("a view");
    }
    if (refresh.isPresent() && refresh.get() instanceof Refresh.Full full) {
      return Optional.of(full.why());
    }
    Optional<String> forced = refreshes.whole(model);
    if (forced.isPresent()) {
      return forced;
    }
    if (model.settings().refresh() == RefreshChoice.FULL) {
      return Optional.of("refresh: full");
    }
    return ChangeFollower.unfit(model);
  }

  /// A view that is made anew changes nothing itself; the tables that it reads do.
  private Set<TableName> throughViews(Set<TableName> changed) {
    Set<TableName> all = new TreeSet<>(changed);
    changed.forEach(table -> all.addAll(blueprint.viewInputs().getOrDefault(table, Set.of())));
    return all;
  }

  private Optional<Query> view(TableName table) {
    return lake.view(table).map(view -> parser.parse(view.sql()));
  }

  @Override
  public void close() {
    parser.close();
  }
}
