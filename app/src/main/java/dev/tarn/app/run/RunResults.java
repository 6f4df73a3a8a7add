package dev.tarn.app.run;

import dev.tarn.app.plan.KnownModel;
import dev.tarn.lake.Branch;
import dev.tarn.lake.LakeTable;
import dev.tarn.lake.LakeView;
import dev.tarn.store.TableState;
import dev.tarn.store.Transaction;
import dev.tarn.vocabulary.LineageEdge;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What a run's models came to, kept until the publish writes it down in the same transaction.
final class RunResults {
  private final RunId run;
  private final Branch branch;
  private final InstantSource clock;
  private final Map<TableName, List<LineageEdge>> lineage;
  private final Map<TableName, TableState> refreshed = new ConcurrentHashMap<>();

  RunResults(
      RunId run, Branch branch, InstantSource clock, Map<TableName, List<LineageEdge>> lineage) {
    this.run = run;
    this.branch = branch;
    this.clock = clock;
    this.lineage = Map.copyOf(lineage);
  }

  /// @param versions the inputs as they were read
  void refreshed(KnownModel model, Map<String, String> versions, long rows, long bytes) {
    TableName table = model.table();
    refreshed.put(
        table,
        new TableState(
            table,
            model.fingerprint(),
            "",
            versions,
            run,
            clock.instant(),
            rows,
            bytes,
            model.settings().description()));
  }

  int count() {
    return refreshed.size();
  }

  /// Writes all down.
  void write(Transaction transaction) {
    refreshed.values().forEach(state -> write(transaction, state));
  }

  /// Where the table's metadata is becomes certain only within the publish.
  private void write(Transaction transaction, TableState state) {
    String location =
        branch
            .find(state.table())
            .map(LakeTable::metadataLocation)
            .or(() -> branch.findView(state.table()).map(LakeView::metadataLocation))
            .orElse("");
    transaction
        .states()
        .put(
            new TableState(
                state.table(),
                state.fingerprint(),
                location,
                state.inputs(),
                state.run(),
                state.at(),
                state.rows(),
                state.bytes(),
                state.description()));
    transaction.lineage().replace(state.table(), lineage.getOrDefault(state.table(), List.of()));
  }
}
