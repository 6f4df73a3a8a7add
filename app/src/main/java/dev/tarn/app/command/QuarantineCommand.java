package dev.tarn.app.command;

import dev.tarn.app.plan.Blueprint;
import dev.tarn.app.project.Project;
import dev.tarn.app.run.Interrupts;
import dev.tarn.app.run.LazySession;
import dev.tarn.app.run.Movements;
import dev.tarn.app.run.Opened;
import dev.tarn.app.run.ProjectRun;
import dev.tarn.app.run.QuarantineLook;
import dev.tarn.app.run.Quarantined;
import dev.tarn.app.run.Readiness;
import dev.tarn.app.run.RunRequest;
import dev.tarn.app.run.RunSummary;
import dev.tarn.lake.AsOf;
import dev.tarn.orchestrate.StepOutcome;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.RunState;
import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Shows why rows are in quarantine, and takes those back that pass by now.
public final class QuarantineCommand implements Command {
  private static final int SAMPLES = 3;

  private final Opener opener;
  private final Interrupts.Maker interrupts;

  public QuarantineCommand(Opener opener, Interrupts.Maker interrupts) {
    this.opener = opener;
    this.interrupts = interrupts;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "quarantine",
        "Shows why rows of a table are in quarantine, and takes those back that pass by now",
        "TABLE",
        1,
        1,
        List.of(
            Option.flag("--readmit", "judge the quarantined rows again by today's checks"),
            Option.value(
                "--limit", "N", "how many rows of each check are shown; default: " + SAMPLES)),
        """
        After a check, or data that checks read, was mended, --readmit judges the quarantined rows again: those that pass go to the
        table, the others stay with today's reasons, and what is made from the table is refreshed in the same run, published as
        one. It says how many rows and which sums of the tables below moved. When the model's query or its inputs changed, the
        table is made anew whole, as tarn run would do it.\
        """,
        List.of(
            "tarn quarantine silver.orders                  # which checks, which rows",
            "tarn quarantine silver.orders --readmit        # after a check was mended",
            "tarn quarantine silver.orders --json | jq .checks"),
        "table");
  }

  @Override
  public int run(Invocation invocation) {
    TableName table = Blueprint.owner(TableName.parse(invocation.words().getFirst()));
    long limit = Numbers.positive(invocation, "--limit", SAMPLES);
    if (invocation.has("--readmit")) {
      return readmit(invocation, table, limit);
    }
    return opener.with(
        invocation,
        opened -> {
          try (LazySession session = opened.session()) {
            Quarantined quarantined = new QuarantineLook(opened, session).of(table, limit);
            new QuarantineReport(quarantined, Optional.empty()).show(invocation.console());
          }
          return WELL;
        });
  }

  private int readmit(Invocation invocation, TableName table, long limit) {
    Problems problems = new Problems();
    Project project = opener.project(invocation, problems);
    try (Opened opened = opener.open(project, problems)) {
      Blueprint blueprint = Opener.blueprints(opened).blueprint(problems);
      if (blueprint.model(table).isEmpty()) {
        throw Failure.input(
            "no model makes " + table + ", so nothing of it can be quarantined",
            blueprint.source(table).isPresent()
                ? "lines that a source could not read are read again by tarn replay " + table
                : "tarn lineage shows what models there are");
      }
      Readiness.require(opened);
      try (LazySession session = opened.session()) {
        QuarantineLook look = new QuarantineLook(opened, session);
        Quarantined before = look.of(table, 0);
        if (before.rows() == 0) {
          new QuarantineReport(before, Optional.empty()).show(invocation.console());
          return WELL;
        }
        RunSummary summary =
            new ProjectRun(opened, blueprint, RunCommand.events(invocation.console(), opened))
                .run(request(table), interrupts.make(invocation.console()::news));
        Quarantined after = look.of(table, limit);
        Readmission done = readmission(before, summary, new Movements(opened, session), table);
        new QuarantineReport(after, Optional.of(done)).show(invocation.console());
        return summary.state() == RunState.SUCCEEDED ? WELL : FAILED;
      }
    }
  }

  private static RunRequest request(TableName table) {
    return new RunRequest(
        List.of(table + "+"),
        false,
        new AsOf.Current(),
        Set.of(table),
        "quarantine " + table + " --readmit");
  }

  private static Readmission readmission(
      Quarantined before, RunSummary summary, Movements movements, TableName table) {
    Map<TableName, StepOutcome> steps = summary.steps();
    return new Readmission(
        summary,
        before.rows(),
        before.kept(),
        Optional.ofNullable(steps.get(table)).map(StepOutcome::reason).orElse(""),
        summary.state() == RunState.SUCCEEDED
            ? steps.keySet().stream()
                .filter(other -> !other.equals(table))
                .flatMap(other -> movements.of(other, summary.run(), true).stream())
                .toList()
            : List.of());
  }
}
