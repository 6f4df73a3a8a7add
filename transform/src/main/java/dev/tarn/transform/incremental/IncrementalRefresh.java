package dev.tarn.transform.incremental;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.engine.change.RowChanges;
import dev.tarn.engine.change.RowFigures;
import dev.tarn.lake.Branch;
import dev.tarn.lake.LakeTable;
import dev.tarn.lake.Scan;
import dev.tarn.sql.change.InputChange;
import dev.tarn.sql.change.QueryChange;
import dev.tarn.transform.Lookback;
import dev.tarn.vocabulary.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Brings a table up to date by the rows that changed in its inputs: computes the rows of the
/// result that go and come ([QueryChange] says why they are the right ones), finds those that go in
/// the table, and stages both as one snapshot. When the table does not hold a row that should go,
/// or the change is large, it declines, and nothing is staged.
public final class IncrementalRefresh {
  private final EngineSession session;
  private final EngineConnection connection;
  private final Branch branch;
  private final LakeTable target;
  private final MadeChanges made;
  private final Limits limits = Limits.USUAL;

  /// @param connection of the session
  /// @param target the table, as the branch has it
  /// @param made what the refreshes before this one changed in this session, and what this one does
  public IncrementalRefresh(
      EngineSession session,
      EngineConnection connection,
      Branch branch,
      LakeTable target,
      MadeChanges made) {
    this.session = session;
    this.connection = connection;
    this.branch = branch;
    this.target = target;
    this.made = made;
  }

  /// How it went.
  public sealed interface Outcome {}

  /// The change is staged; nothing is when no row changed.
  public record Done(RowFigures figures, String changes) implements Outcome {}

  /// Nothing is staged: the table is to be computed anew.
  public record Declined(String why) implements Outcome {}

  /// What keeps rows out of the table, and who is told of those that are.
  public record Sifting(Sieve sieve, Sieve.Sink sink) {}

  /// @param key the columns that name a row of the table; empty when none do
  /// @param sifting what keeps rows out of the table; empty when all rows are taken
  public Outcome apply(
      QueryChange change, List<ChangedInput> changed, List<String> key, Optional<Sifting> sifting) {
    Inputs inputs = new Inputs(session, connection, target.name(), changed, made);
    Optional<String> unfit = inputs.unfit(limits);
    if (unfit.isPresent()) {
      return new Declined(unfit.get());
    }
    Map<TableName, InputChange> changes = inputs.exposed();
    Optional<String> many = tooMany(inputs, changes);
    if (many.isPresent()) {
      return new Declined(many.get());
    }
    try (EngineBench bench = new EngineBench(connection, limits.most(target.rows()))) {
      return apply(bench, inputs, change.compute(bench, changes), key, sifting);
    } catch (TooManyRows tooMany) {
      return new Declined(String.valueOf(tooMany.getMessage()));
    }
  }

  /// Computes the rows anew that are new enough, and changes those of the table that differ.
  ///
  /// @param sql the query, which gives the table's columns in their order
  /// @param now the run's time
  public Outcome recent(
      Lookback lookback, String sql, List<String> key, Optional<Sifting> sifting, Instant now) {
    try (EngineBench bench = new EngineBench(connection, Limits.NONE)) {
      Scan scan = target.scan();
      TableName rows = numbered(scan);
      RecentRows recent = new RecentRows(bench, lookback, target.schema(), now);
      Optional<String> since = recent.since(rows);
      QueryChange.Outcome outcome =
          recent.change(since, rows, sifting.flatMap(to -> to.sieve().held()), sql);
      return changed(
          bench,
          rows,
          scan,
          outcome,
          key,
          sifting,
          since.map("from %s on"::formatted).orElse("all"));
    }
  }

  private Optional<String> tooMany(Inputs inputs, Map<TableName, InputChange> changes) {
    return changes.entrySet().stream()
        .filter(change ->
            change.getValue().gone().rows() + change.getValue().come().rows()
                > limits.most(target.rows(), inputs.rows(change.getKey())))
        .map(change -> "many rows of " + change.getKey() + " changed")
        .findFirst();
  }

  private Outcome apply(
      EngineBench bench,
      Inputs inputs,
      QueryChange.Outcome outcome,
      List<String> key,
      Optional<Sifting> sifting) {
    Scan scan = target.scan();
    return changed(bench, numbered(scan), scan, outcome, key, sifting, inputs.told());
  }

  private TableName numbered(Scan scan) {
    TableName rows = Inputs.name("rows", target.name(), target.name());
    session.exposeNumbered(rows, scan, TargetRows.ROW);
    return rows;
  }

  private Outcome changed(
      EngineBench bench,
      TableName rows,
      Scan scan,
      QueryChange.Outcome outcome,
      List<String> key,
      Optional<Sifting> sifting,
      String told) {
    Optional<TargetRows.Changed> found =
        new TargetRows(bench, rows, target.schema(), key, sifting.map(Sifting::sieve))
            .changed(outcome);
    if (found.isEmpty()) {
      return new Declined("the table does not hold the rows that should go");
    }
    TargetRows.Changed changed = found.get();
    changed.held().ifPresent(held -> sifting.ifPresent(to -> to.sink().accept(held)));
    RowFigures figures =
        RowChanges.apply(session, connection, branch, scan, changed.added(), changed.removedRows());
    branch.find(target.name()).ifPresent(now -> made.hold(connection, target, now, changed));
    return new Done(figures, told);
  }
}
