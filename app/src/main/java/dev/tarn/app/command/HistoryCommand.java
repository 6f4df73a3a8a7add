package dev.tarn.app.command;

import dev.tarn.app.terminal.Console;
import dev.tarn.app.terminal.TextTable;
import dev.tarn.lake.SnapshotInfo;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.TableName;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The versions of a table.
public final class HistoryCommand implements Command {
  private final Opener opener;

  public HistoryCommand(Opener opener) {
    this.opener = opener;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "history",
        "Lists the versions of a table, the newest first, or names one",
        "TABLE",
        1,
        1,
        List.of(
            Option.value("--tag", "NAME", "keep a version under this name"),
            Option.value("--snapshot", "ID", "the version to name; default: the current one")),
        "Each version can be asked with tarn query --as-of SNAPSHOT, by time or by tag.",
        List.of(
            "tarn history gold.daily_revenue",
            "tarn history gold.daily_revenue --tag audited_2025"),
        "tables");
  }

  @Override
  public int run(Invocation invocation) {
    TableName table = TableName.parse(invocation.words().getFirst());
    return opener.with(
        invocation,
        opened -> {
          if (opened.lake().find(table).isEmpty()) {
            throw Failure.input(
                "there is no table " + table + " in the lake", "tarn status lists the tables");
          }
          invocation
              .option("--tag")
              .ifPresent(tag -> {
                long snapshot =
                    invocation
                        .option("--snapshot")
                        .map(HistoryCommand::id)
                        .or(() -> opened.lake().find(table).flatMap(found -> found.snapshotId()))
                        .orElseThrow(() -> Failure.input(table + " has no version yet"));
                opened.lake().tag(table, tag, snapshot);
              });
          show(invocation.console(), table, opened.lake().history(table));
          return WELL;
        });
  }

  private static long id(String text) {
    if (!text.matches("\\d{1,19}")) {
      throw Failure.input("'" + text + "' is no snapshot", "tarn history TABLE lists them");
    }
    return Long.parseLong(text);
  }

  private static void show(Console console, TableName table, List<SnapshotInfo> snapshots) {
    TextTable text =
        TextTable.of("snapshot", "at", "operation", "rows", "added", "removed", "run", "tags");
    snapshots.forEach(one ->
        text.row(
            one.id() + (one.current() ? " *" : ""),
            one.at().truncatedTo(ChronoUnit.SECONDS).toString(),
            one.operation(),
            Long.toString(one.rows()),
            Long.toString(one.rowsAdded()),
            Long.toString(one.rowsDeleted()),
            one.run().map(Object::toString).orElse(""),
            String.join(" ", one.tags())));
    console.line(text.text(console).stripTrailing());
    console.document(
        Map.of(
            "ok",
            true,
            "table",
            table.toString(),
            "snapshots",
            snapshots.stream().map(HistoryCommand::document).toList()));
  }

  private static Map<String, Object> document(SnapshotInfo one) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("snapshot", Long.toString(one.id()));
    values.put("parent", one.parent().map(Object::toString));
    values.put("at", one.at().toString());
    values.put("operation", one.operation());
    values.put("rows", one.rows());
    values.put("rows_added", one.rowsAdded());
    values.put("rows_deleted", one.rowsDeleted());
    values.put("run", one.run().map(Object::toString));
    values.put("tags", one.tags());
    values.put("current", one.current());
    return values;
  }
}
