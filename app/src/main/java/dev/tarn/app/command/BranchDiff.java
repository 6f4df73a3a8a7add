package dev.tarn.app.command;

import dev.tarn.app.run.LazySession;
import dev.tarn.app.run.MergePlan;
import dev.tarn.app.run.Opened;
import dev.tarn.app.terminal.Console;
import dev.tarn.app.terminal.Paint;
import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.Rows;
import dev.tarn.engine.change.ChangedRows;
import dev.tarn.lake.AsOf;
import dev.tarn.lake.LakeTable;
import dev.tarn.store.BranchRecord;
import dev.tarn.store.Fork;
import dev.tarn.store.Pointer;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a branch has beside what main had when they parted, table by table.
final class BranchDiff {
  private final Opened opened;
  private final List<TableName> tables;
  private final long limit;

  /// @param opened on the branch
  /// @param tables that are looked at; all when there are none
  BranchDiff(Opened opened, List<TableName> tables, long limit) {
    this.opened = opened;
    this.tables = tables;
    this.limit = limit;
  }

  /// What became of a table.
  private sealed interface Change {
    /// Rows went and came.
    record Rewritten(DiffReport report) implements Change {}

    /// It is new on the branch, or another one of the same name.
    record Made(boolean anew, long rows, Rows sample) implements Change {}

    record Defined(String sql) implements Change {}

    record Gone() implements Change {}

    /// Only what the source has taken.
    record Taken() implements Change {}
  }

  private record Found(Fork fork, boolean conflict, Change change) {}

  void show(Console console) {
    BranchRecord branch = opened.store().branch().orElseThrow();
    MergePlan plan =
        MergePlan.of(opened.store().read(transaction -> transaction.branches().forks(branch)));
    List<Fork> moved =
        Stream.concat(plan.taken().stream(), plan.conflicts().stream())
            .filter(MergePlan::isMoved)
            .filter(MergePlan::isShown)
            .filter(fork -> tables.isEmpty() || tables.contains(fork.table()))
            .toList();
    List<Found> all = new ArrayList<>();
    try (LazySession session = opened.session();
        EngineConnection connection = session.connect()) {
      for (Fork fork : moved) {
        Change change = change(fork, session, connection);
        all.add(new Found(fork, plan.conflicts().contains(fork), change));
      }
    }
    if (all.isEmpty()) {
      console.line("the branch " + branch.name() + " changed nothing");
    }
    all.forEach(found -> print(console, found));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("ok", true);
    document.put("branch", branch.name());
    document.put("tables", all.stream().map(BranchDiff::document).toList());
    console.document(document);
  }

  private Change change(Fork fork, LazySession session, EngineConnection connection) {
    if (fork.branch().isEmpty()) {
      return fork.parted().isEmpty() ? new Change.Taken() : new Change.Gone();
    }
    if (fork.branch().map(Pointer::metadataLocation).equals(fork.parted())) {
      return new Change.Taken();
    }
    if (fork.branch().get().view()) {
      return new Change.Defined(opened.lake().view(fork.table()).orElseThrow().sql());
    }
    LakeTable table = opened.lake().find(fork.table()).orElseThrow();
    Optional<Long> before =
        fork.parted()
            .flatMap(location -> opened.lake().snapshotOf(fork.table(), location))
            .filter(id -> table.history().stream().anyMatch(one -> one.id() == id));
    if (before.isEmpty() || table.snapshotId().isEmpty()) {
      return made(fork, table, session, connection);
    }
    var difference = table.difference(new AsOf.Snapshot(before.get()), new AsOf.Current());
    ChangedRows changes =
        ChangedRows.find(session, connection, difference, DiffCommand.key(opened, fork.table()));
    return new Change.Rewritten(DiffReport.of(fork.table(), difference, changes, limit));
  }

  private Change made(
      Fork fork, LakeTable table, LazySession session, EngineConnection connection) {
    session.expose(fork.table(), table.scan());
    Rows sample = connection.query("FROM " + fork.table().sql() + " LIMIT " + limit, limit);
    return new Change.Made(fork.parted().isPresent(), table.rows(), sample);
  }

  private static void print(Console console, Found found) {
    TableName name = found.fork().table();
    switch (found.change()) {
      case Change.Rewritten(DiffReport report) -> report.print(console);
      case Change.Made(boolean anew, long rows, Rows sample) -> {
        console.line(
            console.paint(Paint.BOLD, name.toString())
                + (anew ? "  made anew, " : "  new, ")
                + rows
                + " rows");
        DiffReport.rows(console, Paint.GREEN, "rows", sample, rows);
      }
      case Change.Defined(String sql) ->
          console.line(console.paint(Paint.BOLD, name.toString()) + "  is the view " + sql.strip());
      case Change.Gone() ->
          console.line(
              console.paint(Paint.BOLD, name.toString()) + console.paint(Paint.RED, "  dropped"));
      case Change.Taken() ->
          console.line(
              console.paint(Paint.BOLD, name.toString())
                  + "  the same rows; its source has taken others");
    }
    if (found.conflict()) {
      console.line(
          console.paint(Paint.RED, "  conflict: ")
              + "main changed it too, or what was kept aside of it");
    }
    console.line("");
  }

  private static Map<String, Object> document(Found found) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("table", found.fork().table().toString());
    values.put("conflict", found.conflict());
    switch (found.change()) {
      case Change.Rewritten(DiffReport report) -> {
        values.put("change", "changed");
        Map<String, Object> difference = report.document();
        difference.remove("ok");
        difference.remove("table");
        values.put("difference", difference);
      }
      case Change.Made(boolean anew, long rows, Rows sample) -> {
        values.put("change", anew ? "remade" : "made");
        values.put("rows", rows);
        values.put("sample", DiffReport.objects(sample));
      }
      case Change.Defined(String sql) -> {
        values.put("change", "view");
        values.put("sql", sql);
      }
      case Change.Gone() -> values.put("change", "dropped");
      case Change.Taken() -> values.put("change", "taken");
    }
    return values;
  }
}
