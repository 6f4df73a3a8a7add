package dev.tarn.app.command;

import dev.tarn.app.run.Rewound;
import dev.tarn.app.terminal.Console;
import dev.tarn.app.terminal.Paint;
import dev.tarn.app.terminal.TextTable;
import dev.tarn.lake.SnapshotInfo;
import dev.tarn.vocabulary.Consumed;
import dev.tarn.vocabulary.RunId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a rollback did, or would do, as people and programs read it.
///
/// @param raw where source files are kept byte for byte
/// @param run the rollback's own run; absent when nothing was done
record RollbackReport(Path raw, List<Rewound> tables, Optional<RunId> run) {

  void show(Console console) {
    String count = tables.size() == 1 ? "1 table" : tables.size() + " tables";
    console.line(
        run.map(id ->
                console.paint(Paint.GREEN, "✓ ") + "took back " + count + "  (run " + id + ")")
            .orElse("would take back " + count + ":"));
    TextTable text =
        new TextTable(
            List.of("table", "from", "to", "of", "rows", "then", "undone"),
            new boolean[] {false, false, false, false, true, true, false},
            200);
    tables.forEach(table ->
        text.row(
            table.table().toString(),
            Long.toString(table.from().id()),
            table.to().map(to -> Long.toString(to.id())).orElse("no rows"),
            table.to().map(to -> to.at().truncatedTo(ChronoUnit.SECONDS).toString()).orElse(""),
            Long.toString(table.from().rows()),
            Long.toString(table.rowsAfter()),
            String.join(" ", table.runs().stream().sorted().map(RunId::toString).toList())));
    console.line(text.text(console).stripTrailing());
    tables.stream()
        .filter(table -> !table.again().isEmpty())
        .forEach(table -> again(table, console));
    console.line("the next run makes models anew and takes files again: tarn plan");
    console.document(document());
  }

  private void again(Rewound table, Console console) {
    int files = items(table).size();
    if (files > 0) {
      console.line(
          table.table()
              + ": the next run takes "
              + (files == 1 ? "1 file" : files + " files")
              + " again");
    }
    table
        .gone()
        .forEach(one ->
            console.line(
                console.paint(Paint.YELLOW, "  missing ")
                    + one.item()
                    + kept(one)
                        .map(path -> ": put it back from " + path)
                        .orElse(": it is gone, and no copy of it was kept")));
  }

  /// Files that were found to be known under another name, or still the same, brought nothing.
  private static List<String> items(Rewound table) {
    return table.again().stream()
        .filter(one -> !one.outcome().equals("same"))
        .map(Consumed::item)
        .distinct()
        .toList();
  }

  private Optional<Path> kept(Consumed one) {
    if (!one.version().matches("[0-9a-f]{64}")) {
      return Optional.empty();
    }
    Path path =
        raw.resolve(one.version().substring(0, 2))
            .resolve(one.version().substring(2, 4))
            .resolve(one.version());
    return Optional.of(path).filter(Files::exists);
  }

  private Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("ok", true);
    document.put("run", run.map(RunId::toString));
    document.put("dry_run", run.isEmpty());
    document.put("tables", tables.stream().map(this::document).toList());
    return document;
  }

  private Map<String, Object> document(Rewound table) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("table", table.table().toString());
    values.put("from", document(table.from()));
    values.put("to", table.to().map(RollbackReport::document));
    values.put("undone", table.runs().stream().sorted().map(RunId::toString).toList());
    values.put("taken_again", items(table));
    values.put("missing", table.gone().stream().map(this::missing).toList());
    return values;
  }

  private static Map<String, Object> document(SnapshotInfo version) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("snapshot", Long.toString(version.id()));
    values.put("at", version.at().toString());
    values.put("rows", version.rows());
    return values;
  }

  private Map<String, Object> missing(Consumed one) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("item", one.item());
    values.put("kept", kept(one).map(Path::toString));
    return values;
  }
}
