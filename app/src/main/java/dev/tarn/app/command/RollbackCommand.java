package dev.tarn.app.command;

import dev.tarn.app.project.Project;
import dev.tarn.app.run.Opened;
import dev.tarn.app.run.Rewound;
import dev.tarn.app.run.Rollback;
import dev.tarn.app.run.RollbackPlanner;
import dev.tarn.lake.AsOf;
import dev.tarn.observe.RunLogFiles;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Takes tables back to earlier versions.
public final class RollbackCommand implements Command {
  private final Opener opener;

  public RollbackCommand(Opener opener) {
    this.opener = opener;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "rollback",
        "Takes a table back to an earlier version, or undoes all that a run published",
        "TABLE [VERSION] | RUN",
        1,
        2,
        List.of(
            Option.flag("--dry-run", "say what would be done, and change nothing"),
            Option.flag("--force", "with RUN: undo what later runs did to the same tables, too")),
        """
        A version is a snapshot, a time or a tag, as tarn history lists them; without one it is the version before the last run
        that changed the table. All tables go back in one transaction, and what their sources took with them: the next run takes
        those files again, so that nothing is missing. No version is deleted. A model that was taken back is made anew by the next
        run, and tarn plan says so: mend first what was wrong.\
        """,
        List.of(
            "tarn rollback 01JD8Z4X0000000000000000AB --dry-run",
            "tarn rollback 01JD8Z4X0000000000000000AB        # all tables that the run published",
            "tarn rollback gold.daily_revenue                # one table, to the version before",
            "tarn rollback silver.orders 2026-01-31"),
        "table");
  }

  @Override
  public int run(Invocation invocation) {
    Function<RollbackPlanner, List<Rewound>> planning = planning(invocation);
    if (invocation.has("--dry-run")) {
      return opener.with(
          invocation,
          opened -> {
            List<Rewound> tables = planning.apply(new RollbackPlanner(opened));
            new RollbackReport(opened.lake().raw(), tables, Optional.empty())
                .show(invocation.console());
            return WELL;
          });
    }
    Problems problems = new Problems();
    Project project = opener.project(invocation, problems);
    problems.throwIfAny();
    try (Opened opened = opener.open(project, problems)) {
      RunLogFiles log =
          new RunLogFiles(opened.project().folder().resolve(".tarn/logs"), opened.clock());
      Rollback.Done done =
          new Rollback(opened, log)
              .run(
                  typed(invocation),
                  planning,
                  holder -> invocation.console().news("waiting for " + holder));
      new RollbackReport(opened.lake().raw(), done.tables(), Optional.of(done.run()))
          .show(invocation.console());
      return WELL;
    }
  }

  private static String typed(Invocation invocation) {
    return String.join(" ", invocation.words()) + (invocation.has("--force") ? " --force" : "");
  }

  private static Function<RollbackPlanner, List<Rewound>> planning(Invocation invocation) {
    List<String> words = invocation.words();
    String first = words.getFirst();
    boolean force = invocation.has("--force");
    if (first.contains(".")) {
      if (force) {
        throw Failure.input(
            "--force is for runs", "a table goes back over all later versions anyway");
      }
      TableName table = TableName.parse(first);
      Optional<AsOf> version = words.stream().skip(1).findFirst().map(AsOfText::parse);
      return planner -> planner.table(table, version);
    }
    RunId run = id(first);
    if (words.size() > 1) {
      throw Failure.input(
          "a run is undone whole, without '" + words.get(1) + "'",
          "for one table: tarn rollback TABLE VERSION");
    }
    return planner -> planner.run(run, force);
  }

  private static RunId id(String text) {
    try {
      return new RunId(text.toUpperCase(Locale.ROOT));
    } catch (Failure _) {
      throw Failure.input(
          "'" + text + "' is neither a table nor a run",
          "write layer.name, as in silver.orders, or a run as tarn runs lists them");
    }
  }
}
