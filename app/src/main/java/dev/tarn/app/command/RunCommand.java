package dev.tarn.app.command;

import dev.tarn.app.plan.Blueprint;
import dev.tarn.app.project.Project;
import dev.tarn.app.run.Interrupts;
import dev.tarn.app.run.Opened;
import dev.tarn.app.run.ProjectRun;
import dev.tarn.app.run.Readiness;
import dev.tarn.app.run.RunRequest;
import dev.tarn.app.run.RunSummary;
import dev.tarn.app.terminal.Console;
import dev.tarn.app.terminal.Paint;
import dev.tarn.app.terminal.Progress;
import dev.tarn.lake.AsOf;
import dev.tarn.observe.RunLogFiles;
import dev.tarn.orchestrate.StepOutcome;
import dev.tarn.vocabulary.Events;
import dev.tarn.vocabulary.Layer;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.RunState;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Timings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Brings tables up to date.
public final class RunCommand implements Command {
  private final Opener opener;
  private final Interrupts.Maker interrupts;

  public RunCommand(Opener opener, Interrupts.Maker interrupts) {
    this.opener = opener;
    this.interrupts = interrupts;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "run",
        "Brings the selected tables (default all) up to date",
        "[SELECT…]",
        0,
        1000,
        List.of(
            Option.flag("--full", "recompute what is selected, changed or not"),
            Option.value(
                "--as-of", "T", "read tables that the run does not make as they were at T")),
        """
        Sources land what is new, models are refreshed aside and their checks judged. Only when every step has succeeded is all
        of it published, in one switch: readers see all of a run or none of it. A run that is killed leaves no trace; the next one
        begins afresh. SELECT is a table, a layer (silver), a tag (tag:finance), with + for upstream or downstream.\
        """,
        List.of(
            "tarn run                                # everything that is not up to date",
            "tarn run +gold.daily_revenue            # one table and all it is made from",
            "tarn run silver.orders+ --full          # recompute it and all that reads it",
            "tarn run gold --as-of 2026-01-31        # gold from silver as it was then"),
        "tables");
  }

  @Override
  public int run(Invocation invocation) {
    Problems problems = new Problems();
    Project project = opener.project(invocation, problems);
    try (Opened opened = opener.open(project, problems)) {
      Blueprint blueprint = Opener.blueprints(opened).blueprint(problems);
      Console console = invocation.console();
      AsOf asOf = invocation.option("--as-of").map(AsOfText::parse).orElse(new AsOf.Current());
      Readiness.require(opened);
      RunRequest request =
          new RunRequest(invocation.words(), invocation.has("--full"), asOf, typed(invocation));
      RunSummary summary =
          new ProjectRun(opened, blueprint, events(console, opened))
              .run(request, interrupts.make(console::news));
      show(console, summary);
      return summary.state() == RunState.SUCCEEDED ? WELL : FAILED;
    }
  }

  private static String typed(Invocation invocation) {
    List<String> words = new ArrayList<>(List.of("run"));
    words.addAll(invocation.words());
    if (invocation.has("--full")) {
      words.add("--full");
    }
    invocation.option("--as-of").ifPresent(time -> words.addAll(List.of("--as-of", time)));
    return String.join(" ", words);
  }

  /// Tells a run's events to the terminal, and keeps them in its log.
  static Events events(Console console, Opened opened) {
    Events progress = new Progress(console);
    Events log = new RunLogFiles(opened.project().folder().resolve(".tarn/logs"), opened.clock());
    return event -> {
      log.tell(event);
      progress.tell(event);
    };
  }

  static void show(Console console, RunSummary summary) {
    String took = Timings.text(summary.took());
    switch (summary.state()) {
      case SUCCEEDED ->
          console.line(
              summary.changed()
                  ? console.paint(Paint.GREEN, "✓ ")
                      + done(summary)
                      + " in "
                      + took
                      + "  (run "
                      + summary.run()
                      + ")"
                  : console.paint(Paint.GREEN, "✓ ")
                      + "nothing to do: all "
                      + summary.steps().size()
                      + " tables are up to date ("
                      + took
                      + ")");
      case FAILED, CANCELLED, RUNNING ->
          console.line(
              console.paint(Paint.RED, "✗ ")
                  + "run "
                  + summary.state().text()
                  + " after "
                  + took
                  + "; nothing was published  (tarn logs "
                  + summary.run()
                  + ")");
    }
    console.document(document(summary));
  }

  /// What came in, and what readers of the layers above it now see anew.
  private static String done(RunSummary summary) {
    long landed =
        summary.steps().entrySet().stream()
            .filter(step -> step.getKey().layer().equals(Layer.BRONZE))
            .filter(step -> step.getValue().changed())
            .count();
    String published = "published " + tables(summary.published());
    return landed == 0
        ? published
        : "landed " + tables(landed) + (summary.published() == 0 ? "" : ", " + published);
  }

  private static String tables(long count) {
    return count == 1 ? "1 table" : count + " tables";
  }

  private static Map<String, Object> document(RunSummary summary) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("ok", summary.state() == RunState.SUCCEEDED);
    document.put("run", summary.run().toString());
    document.put("state", summary.state().text());
    document.put("changed", summary.changed());
    document.put("published", summary.published());
    document.put("seconds", summary.took().toMillis() / 1000.0);
    document.put("reason", summary.reason());
    List<Map<String, Object>> steps = new ArrayList<>();
    summary.steps().forEach((table, outcome) -> steps.add(step(table, outcome)));
    document.put("steps", steps);
    return document;
  }

  private static Map<String, Object> step(TableName table, StepOutcome outcome) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("table", table.toString());
    values.put("state", outcome.state().text());
    values.put("changed", outcome.changed());
    values.put("rows", outcome.rows());
    values.put("bytes", outcome.bytes());
    values.put("reason", outcome.reason());
    return values;
  }
}
