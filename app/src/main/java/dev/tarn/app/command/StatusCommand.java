package dev.tarn.app.command;

import dev.tarn.app.plan.Blueprint;
import dev.tarn.app.project.Project;
import dev.tarn.app.run.Opened;
import dev.tarn.app.run.TableHealth;
import dev.tarn.app.run.TableHealths;
import dev.tarn.app.terminal.Console;
import dev.tarn.app.terminal.Paint;
import dev.tarn.app.terminal.TextTable;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Timings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Health and freshness of each table.
public final class StatusCommand implements Command {
  private final Opener opener;

  public StatusCommand(Opener opener) {
    this.opener = opener;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "status",
        "Shows the health and freshness of each table",
        "",
        0,
        0,
        List.of(),
        """
        A table is `ok`, `late` (older than its `fresh:` allows), `failing` (its last attempt failed or was blocked; readers
        still see the version before) or `absent` (never built).\
        """,
        List.of("tarn status", "tarn status --json"),
        "");
  }

  @Override
  public int run(Invocation invocation) {
    Problems problems = new Problems();
    Project project = opener.project(invocation, problems);
    try (Opened opened = opener.look(project, problems)) {
      Blueprint blueprint = Opener.blueprints(opened).blueprint(problems);
      show(invocation.console(), new TableHealths(opened, blueprint).all());
      return WELL;
    }
  }

  private static void show(Console console, List<TableHealth> tables) {
    TextTable text = TextTable.of("table", "health", "rows", "age", "fresh", "note");
    tables.forEach(table ->
        text.row(
            table.table().toString(),
            table.health(),
            table.rows().map(Object::toString).orElse(""),
            table.age().map(Timings::text).orElse(""),
            table.fresh().map(Timings::text).orElse(""),
            table.note()));
    console.line(
        tables.isEmpty() ? "the project has no tables yet" : text.text(console).stripTrailing());
    long bad = tables.stream().filter(table -> !table.health().equals("ok")).count();
    console.line(
        bad == 0
            ? console.paint(Paint.GREEN, "all is well")
            : console.paint(Paint.YELLOW, bad + " of " + tables.size() + " tables need a look"));
    console.document(
        Map.of("ok", true, "tables", tables.stream().map(StatusCommand::document).toList()));
  }

  private static Map<String, Object> document(TableHealth table) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("table", table.table().toString());
    values.put("health", table.health());
    values.put("rows", table.rows());
    values.put("age_seconds", table.age().map(age -> age.toSeconds()));
    values.put("fresh_seconds", table.fresh().map(fresh -> fresh.toSeconds()));
    values.put("note", table.note());
    return values;
  }
}
