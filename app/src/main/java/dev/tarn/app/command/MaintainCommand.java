package dev.tarn.app.command;

import dev.tarn.app.plan.Blueprint;
import dev.tarn.app.run.Interrupts;
import dev.tarn.app.run.MaintainRequest;
import dev.tarn.app.run.MaintainSummary;
import dev.tarn.app.run.Maintenance;
import dev.tarn.app.run.Opened;
import dev.tarn.orchestrate.Selection;
import dev.tarn.orchestrate.TableGraph;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Keeps tables small and quick.
public final class MaintainCommand implements Command {
  private final Opener opener;
  private final Interrupts.Maker interrupts;

  public MaintainCommand(Opener opener, Interrupts.Maker interrupts) {
    this.opener = opener;
    this.interrupts = interrupts;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "maintain",
        "Keeps the selected tables (default all) small and quick, without changing a row",
        "[SELECT…]",
        0,
        1000,
        List.of(Option.flag("--dry-run", "say what would be done, and touch nothing")),
        """
        Many small files of a partition are written anew as few large ones, small manifests are merged, versions beyond the limits
        of `maintain:` in tarn.yml are dropped (never the current one, never one with a tag), and files that nothing needs any more
        are removed. Without SELECT that includes files that belong to no table, and old copies of source files. It waits for a run
        that is under way, and runs wait for it; queries go on undisturbed. Kill it when you like, and repeat it when you like.\
        """,
        List.of(
            "tarn maintain --dry-run                 # what would it do?",
            "tarn maintain                           # every night, say",
            "tarn maintain bronze                    # one layer",
            "tarn maintain --json | jq .removed.bytes"),
        "tables");
  }

  @Override
  public boolean onBranches() {
    return false;
  }

  @Override
  public int run(Invocation invocation) {
    boolean dry = invocation.has("--dry-run");
    MaintainSummary summary =
        dry
            ? opener.with(
                invocation, opened -> new Maintenance(opened).foresee(request(opened, invocation)))
            : opener.changing(invocation, opened -> done(opened, invocation));
    new MaintainReport(summary, dry).show(invocation.console());
    return summary.well() ? WELL : FAILED;
  }

  private MaintainSummary done(Opened opened, Invocation invocation) {
    return new Maintenance(opened)
        .run(request(opened, invocation), interrupts.make(invocation.console()::news));
  }

  private static MaintainRequest request(Opened opened, Invocation invocation) {
    List<String> words = invocation.words();
    List<String> typed = new ArrayList<>(List.of("maintain"));
    typed.addAll(words);
    List<TableName> all = opened.lake().tables();
    List<TableName> chosen = words.isEmpty() ? all : chosen(opened, words, all);
    return new MaintainRequest(chosen, words.isEmpty(), String.join(" ", typed));
  }

  /// Tables that the project no longer has can be chosen too; what was kept aside of a table is
  /// chosen with it.
  private static List<TableName> chosen(Opened opened, List<String> words, List<TableName> all) {
    Problems problems = new Problems();
    Blueprint blueprint = Opener.blueprints(opened).blueprint(problems);
    problems.throwIfAny();
    Map<TableName, Collection<TableName>> inputs = new HashMap<>();
    all.forEach(table -> inputs.put(table, Set.of()));
    TableGraph graph = blueprint.graph();
    graph.tables().forEach(table -> inputs.put(table, graph.inputs(table)));
    Set<TableName> named =
        new Selection(new TableGraph(inputs), opened.project().tags()).choose(words, problems);
    problems.throwIfAny();
    Set<TableName> chosen = new TreeSet<>();
    for (TableName table : named) {
      chosen.addAll(List.of(table, table.rejected(), table.quarantine()));
    }
    chosen.retainAll(Set.copyOf(all));
    return List.copyOf(chosen);
  }
}
