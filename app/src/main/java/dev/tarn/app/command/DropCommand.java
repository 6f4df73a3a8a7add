package dev.tarn.app.command;

import dev.tarn.app.run.Drops;
import dev.tarn.app.terminal.Console;
import dev.tarn.app.terminal.Paint;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Timings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Drops tables; for a while they can come back.
public final class DropCommand implements Command {
  private final Opener opener;

  public DropCommand(Opener opener) {
    this.opener = opener;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "drop",
        "Drops tables that the project no longer has; for a while they can come back",
        "TABLE…",
        1,
        1000,
        List.of(Option.flag("--force", "drop also what the project still declares or reads")),
        """
        Nobody sees the tables any more, nor what was kept aside of them; their files stay for `dropped_keep_for` (7 days) of
        `maintain:` in tarn.yml, and tarn undrop brings them back with their history. Remove the file of the source or model first,
        else the next run makes its table anew. All of it happens in one transaction.\
        """,
        List.of(
            "tarn drop silver.old_orders",
            "tarn drop bronze.clicks silver.clicks",
            "tarn undrop                       # what can come back"),
        "tables");
  }

  @Override
  public int run(Invocation invocation) {
    List<TableName> names = TableNames.of(invocation.words());
    String command =
        "drop "
            + String.join(" ", invocation.words())
            + (invocation.has("--force") ? " --force" : "");
    return opener.changing(
        invocation,
        opened -> {
          Console console = invocation.console();
          Drops.Done done =
              new Drops(opened, RunCommand.events(console, opened))
                  .drop(
                      names,
                      invocation.has("--force"),
                      command,
                      holder -> console.news("waiting for " + holder));
          show(console, done, opened.project().maintain().droppedKeepFor());
          return WELL;
        });
  }

  private static void show(Console console, Drops.Done done, Duration kept) {
    console.line(
        console.paint(Paint.GREEN, "✓ ")
            + "dropped "
            + String.join(", ", done.tables().stream().map(TableName::toString).toList())
            + "; for "
            + Timings.text(kept)
            + " tarn undrop brings back what was there  (run "
            + done.run()
            + ")");
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("ok", true);
    document.put("run", done.run().toString());
    document.put("tables", done.tables().stream().map(TableName::toString).toList());
    console.document(document);
  }
}
