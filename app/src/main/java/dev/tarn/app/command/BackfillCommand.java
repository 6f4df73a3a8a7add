package dev.tarn.app.command;

import dev.tarn.app.plan.Blueprint;
import dev.tarn.app.project.Project;
import dev.tarn.app.run.BackfillRequest;
import dev.tarn.app.run.BackfillRun;
import dev.tarn.app.run.Backfilled;
import dev.tarn.app.run.Interrupts;
import dev.tarn.app.run.Opened;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Suggestions;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes partitions of tables that are missing or failed.
public final class BackfillCommand implements Command {
  private final Opener opener;
  private final Interrupts.Maker interrupts;

  public BackfillCommand(Opener opener, Interrupts.Maker interrupts) {
    this.opener = opener;
    this.interrupts = interrupts;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "backfill",
        "Makes partitions of models' tables: those that are missing or failed, or all of a range",
        "TABLE…",
        1,
        1000,
        List.of(
            Option.value(
                "--from", "P", "the first partition, such as 2026-01; default: the first there is"),
            Option.value("--to", "P", "the last partition, included; default: the last there is"),
            Option.flag("--all", "also those that are neither missing nor failed"),
            Option.value(
                "--at-once",
                "N",
                "how many partitions are published together; default: a twentieth"),
            Option.flag("--dry-run", "list the partitions, and make none")),
        """
        For models with `partition:` by a time or a value. A partition is missing when the model gives rows for it and none is there,
        or when it was made by the model as it was before. Some partitions at a time are made, judged by the checks of the whole
        table, and published: what was made stays when others fail or the process is killed, and the next time goes on from
        there. Once all are made, tarn run has nothing left to do for the table, but for the tables that read it.\
        """,
        List.of(
            "tarn backfill silver.orders --dry-run              # which are missing?",
            "tarn backfill silver.orders                        # make those",
            "tarn backfill silver.orders --from 2026-01 --to 2026-03 --all",
            "tarn backfill silver.orders gold.daily_revenue --from 2026-05-01"),
        "tables");
  }

  @Override
  public int run(Invocation invocation) {
    Problems problems = new Problems();
    Project project = opener.project(invocation, problems);
    boolean dry = invocation.has("--dry-run");
    try (Opened opened = dry ? opener.look(project, problems) : opener.open(project, problems)) {
      Blueprint blueprint = Opener.blueprints(opened).blueprint(problems);
      BackfillRequest request = request(invocation, blueprint);
      BackfillRun run =
          new BackfillRun(opened, blueprint, RunCommand.events(invocation.console(), opened));
      List<Backfilled> tables =
          dry ? run.plan(request) : run.run(request, interrupts.make(invocation.console()::news));
      boolean well = !run.isCancelled() && (dry || tables.stream().allMatch(Backfilled::well));
      new BackfillReport(tables, dry, well).show(invocation.console());
      return well ? WELL : FAILED;
    }
  }

  private static BackfillRequest request(Invocation invocation, Blueprint blueprint) {
    Problems problems = new Problems();
    List<TableName> tables = new ArrayList<>();
    for (String word : invocation.words()) {
      try {
        tables.add(model(TableName.parse(word), blueprint));
      } catch (Failure failure) {
        problems.addAll(failure.problems());
      }
    }
    Optional<Integer> atOnce = Optional.empty();
    try {
      atOnce =
          invocation
              .option("--at-once")
              .map(_ ->
                  Math.toIntExact(
                      Math.min(1_000_000, Numbers.positive(invocation, "--at-once", 1))));
    } catch (Failure failure) {
      problems.addAll(failure.problems());
    }
    Optional<String> from = invocation.option("--from");
    Optional<String> to = invocation.option("--to");
    if (from.isPresent() && to.isPresent() && isAfter(from.get(), to.get())) {
      problems.add(
          Problem.of("--from " + from.get() + " is after --to " + to.get(), "turn them around"));
    }
    problems.throwIfAny();
    return new BackfillRequest(
        tables, from, to, invocation.has("--all"), atOnce, typed(invocation));
  }

  /// Numbers are compared once it is known that partitions are numbers.
  private static boolean isAfter(String from, String to) {
    return !from.matches("-?[0-9.]+") && !from.startsWith(to) && from.compareTo(to) > 0;
  }

  private static TableName model(TableName table, Blueprint blueprint) {
    if (blueprint.model(table).isPresent()) {
      return table;
    }
    if (blueprint.source(table).isPresent()) {
      throw Failure.input(
          table + " is read from files, and tarn run takes those that are missing",
          "tarn replay " + table + " reads files again that were taken");
    }
    throw Failure.input(
        "no model makes " + table,
        Suggestions.didYouMean(
            table.toString(),
            blueprint.models().stream().map(model -> model.table().toString()).toList()));
  }

  private static String typed(Invocation invocation) {
    List<String> words = new ArrayList<>(List.of("backfill"));
    words.addAll(invocation.words());
    for (String option : List.of("--from", "--to", "--at-once")) {
      invocation.option(option).ifPresent(value -> words.addAll(List.of(option, value)));
    }
    if (invocation.has("--all")) {
      words.add("--all");
    }
    return String.join(" ", words);
  }
}
