package dev.tarn.app.command;

import dev.tarn.app.run.ReplaySummary;
import dev.tarn.app.run.Replayed;
import dev.tarn.app.terminal.Console;
import dev.tarn.app.terminal.Paint;
import dev.tarn.app.terminal.TextTable;
import dev.tarn.ingest.Replay;
import dev.tarn.vocabulary.ByteSize;
import dev.tarn.vocabulary.RunState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which files were read again, or would be, as people and programs read it.
record ReplayReport(List<Replay> replays, Optional<ReplaySummary> summary) {
  private static final int SHOWN = 10;

  void show(Console console) {
    if (replays.isEmpty()) {
      console.line(
          console.paint(Paint.GREEN, "✓ ")
              + "nothing to do: all files were read as they would be now  (--all reads them anyway)");
    } else {
      console.line(headline(console));
      console.line(table(console).stripTrailing());
      if (summary.isEmpty()) {
        replays.forEach(replay -> files(replay, console));
      } else if (summary.get().state() == RunState.SUCCEEDED) {
        console.line("the next run refreshes what reads them: tarn plan");
      }
    }
    console.document(document());
  }

  private String headline(Console console) {
    String tables = replays.size() == 1 ? "1 table" : replays.size() + " tables";
    return summary
        .map(done ->
            done.state() == RunState.SUCCEEDED
                ? console.paint(Paint.GREEN, "✓ ") + "replayed " + tables + run(done)
                : console.paint(Paint.RED, "✗ ")
                    + "nothing was published"
                    + run(done)
                    + "\n"
                    + done.reason())
        .orElse("would read again the files of " + tables + ":");
  }

  private static String run(ReplaySummary done) {
    return done.run().map(run -> "  (run " + run + ")").orElse("");
  }

  private String table(Console console) {
    TextTable text =
        new TextTable(
            List.of("table", "files", "size", "stay", "rows", "then", "rejected", "then"),
            new boolean[] {false, true, true, true, true, true, true, true},
            60);
    for (Replay replay : replays) {
      Optional<Replayed> done = done(replay);
      text.row(
          replay.table().toString(),
          Integer.toString(replay.items()),
          new ByteSize(replay.bytes()).toString(),
          Integer.toString(replay.others()),
          done.map(one -> Long.toString(one.before().rows())).orElse(""),
          done.map(one -> Long.toString(one.after().rows())).orElse(""),
          done.map(one -> Long.toString(one.before().rejected())).orElse(""),
          done.map(one -> Long.toString(one.after().rejected())).orElse(""));
    }
    return text.text(console);
  }

  private static void files(Replay replay, Console console) {
    List<String> items = items(replay);
    items.stream().limit(SHOWN).forEach(item -> console.line("  " + item));
    if (items.size() > SHOWN) {
      console.line("  and " + (items.size() - SHOWN) + " more");
    }
  }

  private static List<String> items(Replay replay) {
    return replay.again().stream().map(Replay.Version::item).distinct().toList();
  }

  private Optional<Replayed> done(Replay replay) {
    return summary.stream()
        .flatMap(done -> done.tables().stream())
        .filter(one -> one.replay().table().equals(replay.table()))
        .findFirst();
  }

  private Map<String, @Nullable Object> document() {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("ok", summary.filter(done -> done.state() != RunState.SUCCEEDED).isEmpty());
    document.put("run", summary.flatMap(ReplaySummary::run).map(Object::toString).orElse(null));
    document.put("dry_run", summary.isEmpty());
    document.put("reason", summary.map(ReplaySummary::reason).orElse(""));
    List<Map<String, @Nullable Object>> tables = new ArrayList<>();
    replays.forEach(replay -> tables.add(document(replay)));
    document.put("tables", tables);
    return document;
  }

  private Map<String, @Nullable Object> document(Replay replay) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("table", replay.table().toString());
    values.put("files", items(replay));
    values.put("bytes", replay.bytes());
    values.put("kept", replay.others());
    values.put("before", done(replay).map(one -> document(one.before())).orElse(null));
    values.put("after", done(replay).map(one -> document(one.after())).orElse(null));
    return values;
  }

  private static Map<String, Object> document(Replayed.Figures figures) {
    return Map.of("rows", figures.rows(), "rejected", figures.rejected());
  }
}
