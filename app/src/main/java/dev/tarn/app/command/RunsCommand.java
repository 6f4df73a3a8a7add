package dev.tarn.app.command;

import dev.tarn.app.run.Opened;
import dev.tarn.app.terminal.Console;
import dev.tarn.app.terminal.TextTable;
import dev.tarn.store.CheckRecord;
import dev.tarn.store.RunRecord;
import dev.tarn.store.StepRecord;
import dev.tarn.vocabulary.CheckResult;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.Timings;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Past runs.
public final class RunsCommand implements Command {
  private final Opener opener;

  public RunsCommand(Opener opener) {
    this.opener = opener;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "runs",
        "Lists past runs, or shows one with its steps and checks",
        "[ID]",
        0,
        1,
        List.of(Option.value("--limit", "N", "how many runs; default: 20")),
        "",
        List.of(
            "tarn runs",
            "tarn runs 01JD8Z4X0000000000000000AB",
            "tarn query \"FROM system.runs\"   # the same as a table"),
        "runs");
  }

  @Override
  public int run(Invocation invocation) {
    return opener.with(
        invocation,
        opened -> {
          if (invocation.words().isEmpty()) {
            list(invocation, opened);
          } else {
            one(invocation.console(), opened, new RunId(invocation.words().getFirst()));
          }
          return WELL;
        });
  }

  private static void list(Invocation invocation, Opened opened) {
    int limit = Numbers.positive(invocation, "--limit", 20);
    List<RunRecord> runs = opened.store().read(transaction -> transaction.runs().latest(limit));
    TextTable table = TextTable.of("run", "state", "started", "took", "command");
    runs.forEach(run ->
        table.row(
            run.run().toString(),
            run.state().text(),
            run.startedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
            took(run),
            run.command()));
    Console console = invocation.console();
    console.line(runs.isEmpty() ? "no run yet: tarn run" : table.text(console).stripTrailing());
    console.document(Map.of("ok", true, "runs", runs.stream().map(RunsCommand::document).toList()));
  }

  private static String took(RunRecord run) {
    return run.endedAt()
        .map(end -> Timings.text(Duration.between(run.startedAt(), end)))
        .orElse("");
  }

  private static void one(Console console, Opened opened, RunId id) {
    RunRecord run =
        opened
            .store()
            .read(transaction -> transaction.runs().find(id))
            .orElseThrow(() -> Failure.input("there is no run " + id, "tarn runs lists them"));
    List<StepRecord> steps = opened.store().read(transaction -> transaction.runs().steps(id));
    List<CheckResult> checks =
        opened.store().read(transaction -> transaction.checks().ofRun(id)).stream()
            .map(CheckRecord::result)
            .toList();
    console.line(run.run() + "  " + run.state().text() + "  " + run.startedAt() + "  " + took(run));
    run.reason().lines().forEach(line -> console.line("  " + line));
    TextTable table = TextTable.of("table", "state", "rows", "took", "reason");
    steps.forEach(step ->
        table.row(
            step.table().toString(),
            step.state().text(),
            Long.toString(step.rows()),
            step.endedAt()
                .map(end -> Timings.text(Duration.between(step.startedAt(), end)))
                .orElse(""),
            step.reason()));
    console.line(table.text(console).stripTrailing());
    List<CheckResult> failed = checks.stream().filter(check -> !check.passed()).toList();
    console.line(checks.size() + " checks, " + failed.size() + " failed");
    failed.forEach(check ->
        console.line(
            "  "
                + check.table()
                + "  "
                + check.check()
                + ": "
                + check.failures()
                + " of "
                + check.rows()
                + " ("
                + check.onFail()
                + ")"));
    Map<String, Object> document = new LinkedHashMap<>(document(run));
    document.put("ok", true);
    document.put("steps", steps.stream().map(RunsCommand::document).toList());
    document.put("checks", checks.stream().map(RunsCommand::document).toList());
    console.document(document);
  }

  private static Map<String, Object> document(RunRecord run) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("run", run.run().toString());
    values.put("state", run.state().text());
    values.put("command", run.command());
    values.put("started_at", run.startedAt().toString());
    values.put("ended_at", run.endedAt().map(Object::toString));
    values.put("reason", run.reason());
    return values;
  }

  private static Map<String, Object> document(StepRecord step) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("table", step.table().toString());
    values.put("state", step.state().text());
    values.put("attempt", step.attempt());
    values.put("rows", step.rows());
    values.put("bytes", step.bytes());
    values.put("reason", step.reason());
    return values;
  }

  private static Map<String, Object> document(CheckResult check) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("table", check.table().toString());
    values.put("name", check.name());
    values.put("check", check.check());
    values.put("on_fail", check.onFail());
    values.put("passed", check.passed());
    values.put("rows", check.rows());
    values.put("failures", check.failures());
    values.put("samples", check.samples());
    values.put("detail", check.detail());
    return values;
  }
}
