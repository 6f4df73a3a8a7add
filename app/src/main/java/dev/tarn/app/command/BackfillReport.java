package dev.tarn.app.command;

import dev.tarn.app.run.Backfilled;
import dev.tarn.app.run.PartState;
import dev.tarn.app.terminal.Console;
import dev.tarn.app.terminal.Paint;
import dev.tarn.app.terminal.TextTable;
import dev.tarn.vocabulary.RunId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which partitions were made, or would be, as people and programs read it.
record BackfillReport(List<Backfilled> tables, boolean dry, boolean well) {
  private static final int SHOWN = 100;

  void show(Console console) {
    tables.forEach(table -> show(table, console));
    console.document(document());
  }

  private void show(Backfilled table, Console console) {
    long open = table.parts().stream().filter(part -> part.state() != PartState.State.MADE).count();
    String of = table.table() + " by " + table.partition() + ": ";
    if (dry) {
      console.line(
          of + count(table.parts().size()) + ", of which " + open + " are missing or failed");
    } else if (table.made() == 0 && open == 0) {
      console.line(
          console.paint(Paint.GREEN, "✓ ")
              + of
              + "nothing to do, no partition is missing or failed  (--all makes them anyway)");
    } else {
      console.line(
          console.paint(open == 0 ? Paint.GREEN : Paint.RED, open == 0 ? "✓ " : "✗ ")
              + of
              + "made "
              + count(table.made())
              + (open == 0 ? "" : "; " + open + " are missing or failed")
              + (table.whole() ? "; the table is as its model makes it" : ""));
    }
    TextTable text =
        new TextTable(
            List.of("partition", "is", "rows", "there", "why"),
            new boolean[] {false, false, true, true, false},
            120);
    table.parts().stream()
        .filter(part -> dry || part.state() != PartState.State.MADE)
        .limit(SHOWN)
        .forEach(part ->
            text.row(
                part.part(),
                part.state().text(),
                Long.toString(part.rows()),
                Long.toString(part.there()),
                part.reason()));
    if (!text.isEmpty()) {
      console.line(text.text(console).stripTrailing());
    }
  }

  private static String count(int parts) {
    return parts == 1 ? "1 partition" : parts + " partitions";
  }

  private Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("ok", well);
    document.put("dry_run", dry);
    document.put("tables", tables.stream().map(BackfillReport::document).toList());
    return document;
  }

  private static Map<String, Object> document(Backfilled table) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("table", table.table().toString());
    values.put("partition", table.partition());
    values.put("made", table.made());
    values.put("whole", table.whole());
    values.put("runs", table.runs().stream().map(RunId::toString).toList());
    values.put("partitions", table.parts().stream().map(BackfillReport::document).toList());
    return values;
  }

  private static Map<String, Object> document(PartState part) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("partition", part.part());
    values.put("state", part.state().text());
    values.put("rows", part.rows());
    values.put("reason", part.reason());
    return values;
  }
}
