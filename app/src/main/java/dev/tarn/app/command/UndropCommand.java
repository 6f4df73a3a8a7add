package dev.tarn.app.command;

import dev.tarn.app.run.Drops;
import dev.tarn.app.terminal.Console;
import dev.tarn.app.terminal.Paint;
import dev.tarn.app.terminal.TextTable;
import dev.tarn.store.Dropped;
import dev.tarn.vocabulary.TableName;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Brings dropped tables back.
public final class UndropCommand implements Command {
  private final Opener opener;

  public UndropCommand(Opener opener) {
    this.opener = opener;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "undrop",
        "Brings dropped tables back with their history, or lists those that can come back",
        "[TABLE…]",
        0,
        1000,
        List.of(),
        """
        The tables are what they were when they were dropped, with all versions, what was kept aside of them, and what their sources
        had taken. It works until tarn maintain has removed their files, `dropped_keep_for` after the drop.\
        """,
        List.of(
            "tarn undrop                       # what can come back",
            "tarn undrop silver.old_orders"),
        "tables");
  }

  @Override
  public int run(Invocation invocation) {
    List<TableName> names = TableNames.of(invocation.words());
    Console console = invocation.console();
    if (names.isEmpty()) {
      return opener.with(
          invocation,
          opened -> {
            list(
                console,
                opened.lake().dropped().all(),
                opened.project().maintain().droppedKeepFor());
            return WELL;
          });
    }
    return opener.changing(
        invocation,
        opened -> {
          Drops.Done done =
              new Drops(opened, RunCommand.events(console, opened))
                  .undrop(
                      names,
                      "undrop " + String.join(" ", invocation.words()),
                      holder -> console.news("waiting for " + holder));
          console.line(
              console.paint(Paint.GREEN, "✓ ")
                  + "brought back "
                  + String.join(", ", done.tables().stream().map(TableName::toString).toList())
                  + "  (run "
                  + done.run()
                  + ")");
          console.document(
              document(
                  done.run().toString(),
                  done.tables().stream().map(TableName::toString).toList(),
                  List.of()));
          return WELL;
        });
  }

  private static void list(Console console, List<Dropped> dropped, Duration kept) {
    TextTable text = TextTable.of("table", "dropped", "until", "run");
    dropped.forEach(one ->
        text.row(
            one.table().toString(),
            one.at().toString(),
            one.at().plus(kept).toString(),
            one.run().toString()));
    console.line(
        dropped.isEmpty() ? "no dropped table can come back" : text.text(console).stripTrailing());
    console.document(
        document(
            null,
            List.of(),
            dropped.stream().map(one -> document(one, one.at().plus(kept).toString())).toList()));
  }

  private static Map<String, @Nullable Object> document(
      @Nullable String run, List<String> tables, List<Map<String, Object>> dropped) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("ok", true);
    document.put("run", run);
    document.put("tables", tables);
    document.put("dropped", dropped);
    return document;
  }

  private static Map<String, Object> document(Dropped dropped, String until) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("table", dropped.table().toString());
    values.put("at", dropped.at().toString());
    values.put("until", until);
    values.put("run", dropped.run().toString());
    return values;
  }
}
