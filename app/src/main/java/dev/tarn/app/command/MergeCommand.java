package dev.tarn.app.command;

import dev.tarn.app.run.MergePlan;
import dev.tarn.app.run.Merging;
import dev.tarn.app.terminal.Console;
import dev.tarn.app.terminal.Paint;
import dev.tarn.store.Fork;
import dev.tarn.store.Pointer;
import dev.tarn.vocabulary.RunId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Publishes what a branch changed on main.
public final class MergeCommand implements Command {
  private final Opener opener;

  public MergeCommand(Opener opener) {
    this.opener = opener;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "merge",
        "Publishes all that a branch changed on main, at once, or says what is in the way",
        "NAME",
        1,
        1,
        List.of(
            Option.flag("--dry-run", "say what would be published, and change nothing"),
            Option.flag("--drop", "drop the branch with it")),
        """
        All tables go in one transaction, and what the branch's sources took with them: main takes none of those files again. Tables
        that only main changed stay as they are. A table that both changed since is a conflict (exit status 1): nothing is merged;
        tarn branch --update NAME takes main's version, tarn run --branch NAME makes the branch's change anew on top of it.
        Afterwards the branch is what main is.\
        """,
        List.of(
            "tarn merge new_rates --dry-run               # what would be published",
            "tarn merge new_rates --drop",
            "tarn merge new_rates --json | jq .tables"),
        "branches");
  }

  @Override
  public boolean onBranches() {
    return false;
  }

  @Override
  public int run(Invocation invocation) {
    String name = invocation.words().getFirst();
    Console console = invocation.console();
    if (invocation.has("--dry-run")) {
      return opener.with(
          invocation,
          opened -> {
            show(console, new Merging(opened, _ -> {}).foresee(name), false, false);
            return WELL;
          });
    }
    return opener.changing(
        invocation,
        opened -> {
          boolean drop = invocation.has("--drop");
          Merging.Done done =
              new Merging(opened, RunCommand.events(console, opened))
                  .merge(name, drop, holder -> console.news("waiting for " + holder));
          show(console, done, true, drop);
          return WELL;
        });
  }

  private static void show(Console console, Merging.Done done, boolean merged, boolean drop) {
    List<Fork> moved =
        done.plan().taken().stream().filter(MergePlan::isShown).filter(MergePlan::isMoved).toList();
    String name = done.branch().name();
    if (moved.isEmpty()) {
      console.line("nothing to merge: the branch " + name + " changed no table");
    } else {
      console.line(
          console.paint(Paint.GREEN, merged ? "✓ " : "")
              + (merged ? "merged " : "would merge ")
              + (moved.size() == 1 ? "1 table" : moved.size() + " tables")
              + " of branch "
              + name
              + done.run().map(run -> "  (run " + run + ")").orElse(""));
      moved.forEach(fork -> console.line("  " + fork.table() + " " + change(fork)));
    }
    done.failed()
        .ifPresent(run ->
            console.line(
                console.paint(Paint.YELLOW, "the branch's last run failed: ")
                    + "what it would have made is not merged  (tarn logs "
                    + run
                    + ")"));
    if (drop) {
      console.line("dropped branch " + name);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("ok", true);
    document.put("branch", name);
    document.put("run", done.run().map(RunId::toString));
    document.put("dropped", drop);
    document.put("failed", done.failed().map(RunId::toString));
    document.put(
        "tables",
        moved.stream()
            .map(fork -> Map.of("table", fork.table().toString(), "change", change(fork)))
            .toList());
    console.document(document);
  }

  private static String change(Fork fork) {
    if (fork.branch().isEmpty()) {
      return fork.main().isEmpty() ? "taken" : "dropped";
    }
    if (fork.main().isEmpty()) {
      return "made";
    }
    return fork.main()
            .map(Pointer::metadataLocation)
            .equals(fork.branch().map(Pointer::metadataLocation))
        ? "taken"
        : "changed";
  }
}
