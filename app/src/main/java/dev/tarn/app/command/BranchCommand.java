package dev.tarn.app.command;

import dev.tarn.app.run.Branching;
import dev.tarn.app.run.MergePlan;
import dev.tarn.app.run.Opened;
import dev.tarn.app.terminal.Console;
import dev.tarn.app.terminal.Paint;
import dev.tarn.app.terminal.TextTable;
import dev.tarn.store.BranchRecord;
import dev.tarn.store.Fork;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Timings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Makes branches of the lake, lists them, brings them up to date, and drops them.
public final class BranchCommand implements Command {
  private static final Option UPDATE =
      Option.flag("--update", "give it main's version of every table that changed there since");
  private static final Option DROP = Option.flag("--drop", "drop it, with all that was done on it");

  private final Opener opener;

  public BranchCommand(Opener opener) {
    this.opener = opener;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "branch",
        "Makes a copy of all tables to work on, without copying a file; or lists such branches",
        "[NAME]",
        0,
        1,
        List.of(Option.flag("--list", "list the branches, as without NAME"), UPDATE, DROP),
        """
        A branch begins as main is: all tables and views, and what sources have taken. With --branch NAME commands work on it: what
        tarn run does there, main does not see, and the other way round. tarn diff --branch NAME shows what would change, and
        tarn merge NAME publishes it on main, or says what main has changed meanwhile: then --update takes main's version of
        those tables, and a run on the branch makes them anew. A branch keeps the files that it names; drop it when it is done.\
        """,
        List.of(
            "tarn branch new_rates                        # a copy of main as it is now",
            "tarn run --branch new_rates                  # with models changed, say",
            "tarn diff --branch new_rates                 # what would change, table by table",
            "tarn merge new_rates --drop                  # all of it, at once",
            "tarn branch --update new_rates               # when main has moved on",
            "tarn branch                                  # which there are, and what differs"),
        "branches");
  }

  @Override
  public boolean onBranches() {
    return false;
  }

  @Override
  public int run(Invocation invocation) {
    Console console = invocation.console();
    Optional<String> name = invocation.words().stream().findFirst();
    boolean update = invocation.has(UPDATE.name());
    boolean drop = invocation.has(DROP.name());
    if (update && drop
        || (update || drop) && name.isEmpty()
        || name.isPresent() && lists(invocation)) {
      throw Failure.input("one thing at a time", "tarn branch --help");
    }
    if (name.isEmpty()) {
      return opener.with(invocation, opened -> list(console, opened));
    }
    return opener.changing(
        invocation,
        opened -> {
          Branching branching = new Branching(opened);
          Consumer<String> waiting = holder -> console.news("waiting for " + holder);
          if (drop) {
            dropped(console, branching.drop(name.get(), waiting));
          } else if (update) {
            updated(console, branching.update(name.get(), waiting));
          } else {
            made(console, branching.create(name.get()));
          }
          return WELL;
        });
  }

  private static boolean lists(Invocation invocation) {
    return invocation.has("--list");
  }

  private static void made(Console console, BranchRecord branch) {
    console.line(
        console.paint(Paint.GREEN, "✓ ")
            + "branch "
            + branch.name()
            + " is as main is now"
            + branch.parted().map(run -> "  (after run " + run + ")").orElse("")
            + "\n  tarn run --branch "
            + branch.name());
    console.document(document("made", branch, List.of(), List.of()));
  }

  private static void updated(Console console, Branching.Updated done) {
    console.line(
        console.paint(Paint.GREEN, "✓ ")
            + "branch "
            + done.branch().name()
            + (done.taken().isEmpty()
                ? " was up to date"
                : " has main's version of " + names(done.taken())));
    if (!done.setBack().isEmpty()) {
      console.line(
          console.paint(Paint.YELLOW, "  what the branch had changed of ")
              + names(done.setBack())
              + console.paint(Paint.YELLOW, " is gone: ")
              + "tarn run --branch "
              + done.branch().name()
              + " makes it anew");
    }
    console.document(document("updated", done.branch(), done.taken(), done.setBack()));
  }

  private static String names(List<TableName> tables) {
    return String.join(", ", tables.stream().map(TableName::toString).toList());
  }

  private static void dropped(Console console, BranchRecord branch) {
    console.line(
        console.paint(Paint.GREEN, "✓ ")
            + "dropped branch "
            + branch.name()
            + "; tarn maintain removes the files that only it needed");
    console.document(document("dropped", branch, List.of(), List.of()));
  }

  private static Map<String, Object> document(
      String done, BranchRecord branch, List<TableName> taken, List<TableName> setBack) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("ok", true);
    document.put("done", done);
    document.put("branch", branch.name());
    document.put("taken", taken.stream().map(TableName::toString).toList());
    document.put("set_back", setBack.stream().map(TableName::toString).toList());
    document.put("branches", List.of());
    return document;
  }

  private static int list(Console console, Opened opened) {
    List<Branching.Listed> all = new Branching(opened).all();
    TextTable text =
        TextTable.of(
            "branch", "age", "up to date with run", "changed", "changed on main", "conflicts");
    all.forEach(one -> {
      Duration age = Duration.between(one.branch().createdAt(), opened.clock().instant());
      text.row(
          one.branch().name(),
          Timings.text(age.isNegative() ? Duration.ZERO : age),
          one.branch().parted().map(Object::toString).orElse(""),
          Integer.toString(changed(one).size()),
          Integer.toString(tables(one.plan().behind()).size()),
          String.join(", ", tables(conflicts(one))));
    });
    console.line(all.isEmpty() ? "there is no branch" : text.text(console).stripTrailing());
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("ok", true);
    document.put("done", "listed");
    document.put("branch", "");
    document.put("taken", List.of());
    document.put("set_back", List.of());
    document.put("branches", all.stream().map(BranchCommand::document).toList());
    console.document(document);
    return WELL;
  }

  private static Map<String, Object> document(Branching.Listed one) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", one.branch().name());
    values.put("created_at", one.branch().createdAt().toString());
    values.put("updated_at", one.branch().updatedAt().toString());
    values.put("run", one.branch().parted().map(Object::toString));
    values.put("changed", changed(one));
    values.put("changed_on_main", tables(one.plan().behind()));
    values.put("conflicts", tables(conflicts(one)));
    return values;
  }

  /// Tables that the branch changed, those in conflict too.
  private static List<String> changed(Branching.Listed one) {
    return tables(
        java.util.stream.Stream.concat(one.plan().taken().stream(), one.plan().conflicts().stream())
            .filter(MergePlan::isMoved)
            .toList());
  }

  private static List<Fork> conflicts(Branching.Listed one) {
    return one.plan().conflicts().stream()
        .filter(fork -> fork.onMain() == Fork.Since.MOVED)
        .toList();
  }

  private static List<String> tables(List<Fork> forks) {
    return forks.stream()
        .filter(MergePlan::isShown)
        .map(fork -> fork.table().toString())
        .sorted()
        .toList();
  }
}
