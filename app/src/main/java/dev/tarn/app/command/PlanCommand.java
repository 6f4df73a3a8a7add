package dev.tarn.app.command;

import dev.tarn.app.plan.Blueprint;
import dev.tarn.app.project.Project;
import dev.tarn.app.run.Opened;
import dev.tarn.app.run.PlannedStep;
import dev.tarn.app.run.Planner;
import dev.tarn.app.terminal.Console;
import dev.tarn.app.terminal.Paint;
import dev.tarn.app.terminal.TextTable;
import dev.tarn.vocabulary.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Says what a run would do, and why.
public final class PlanCommand implements Command {
  private final Opener opener;

  public PlanCommand(Opener opener) {
    this.opener = opener;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "plan",
        "Says what a run would do and why, and what is affected downstream",
        "[SELECT…]",
        0,
        1000,
        List.of(Option.flag("--full", "plan as if everything selected were to be recomputed")),
        "Looks for new files and compares every model with what made its table. Changes nothing.",
        List.of("tarn plan", "tarn plan silver.orders+", "tarn plan --json"),
        "tables");
  }

  @Override
  public int run(Invocation invocation) {
    Problems problems = new Problems();
    Project project = opener.project(invocation, problems);
    try (Opened opened = opener.look(project, problems)) {
      Blueprint blueprint = Opener.blueprints(opened).blueprint(problems);
      List<PlannedStep> steps =
          new Planner(opened, blueprint).plan(invocation.words(), invocation.has("--full"));
      show(invocation.console(), steps);
      return WELL;
    }
  }

  private static void show(Console console, List<PlannedStep> steps) {
    List<PlannedStep> due = steps.stream().filter(PlannedStep::due).toList();
    TextTable table = TextTable.of("table", "step", "why", "how", "affects");
    due.forEach(step ->
        table.row(
            step.table().toString(), step.action(), step.why(), step.refresh(), affected(step)));
    console.line(
        due.isEmpty()
            ? "nothing to do: all " + steps.size() + " tables are up to date"
            : table.text(console).stripTrailing());
    steps.stream()
        .filter(step -> step.outdated() > 0)
        .map(step -> OutdatedText.of(step.table(), step.outdated()))
        .forEach(text -> console.line(console.paint(Paint.YELLOW, "! ") + text));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("ok", true);
    document.put("steps", steps.stream().map(PlanCommand::step).toList());
    console.document(document);
  }

  private static String affected(PlannedStep step) {
    int count = step.affects().size();
    String shown =
        String.join(", ", step.affects().stream().limit(3).map(Object::toString).toList());
    return count > 3 ? shown + " and " + (count - 3) + " more" : shown;
  }

  private static Map<String, Object> step(PlannedStep step) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("table", step.table().toString());
    values.put("due", step.due());
    values.put("action", step.action());
    values.put("why", step.why());
    values.put("refresh", step.refresh());
    values.put("affects", step.affects().stream().map(Object::toString).toList());
    values.put("outdated", step.outdated());
    return values;
  }
}
