package dev.tarn.app.command;

import dev.tarn.app.project.Project;
import dev.tarn.app.project.TestFile;
import dev.tarn.store.BranchRecord;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;

/// Makes shells complete commands, options and table names.
public final class CompletionCommand implements Command {
  private static final int RUNS = 20;
  private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

  private final Opener opener;
  private final Supplier<Map<String, Usage>> usages;

  /// @param usages how all commands are used
  public CompletionCommand(Opener opener, Supplier<Map<String, Usage>> usages) {
    this.opener = opener;
    this.usages = usages;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "completion",
        "Writes a script that makes a shell complete tarn's words",
        "bash|zsh|fish",
        1,
        1000,
        List.of(),
        "",
        List.of(
            "source <(tarn completion bash)             # put it into ~/.bashrc",
            "source <(tarn completion zsh)              # put it into ~/.zshrc",
            "tarn completion fish | source              # put it into ~/.config/fish/config.fish"),
        "shells");
  }

  @Override
  public boolean onBranches() {
    return false;
  }

  @Override
  public int run(Invocation invocation) {
    String shell = invocation.words().getFirst();
    if (shell.equals("words")) {
      words(invocation).forEach(invocation.console().out()::println);
      return WELL;
    }
    if (!SHELLS.contains(shell)) {
      throw Failure.input("'" + shell + "' is no shell that tarn knows", "bash, zsh or fish");
    }
    invocation.console().out().print(script(shell));
    return WELL;
  }

  private static String script(String shell) {
    try (InputStream in =
        CompletionCommand.class.getResourceAsStream("/completion/tarn." + shell)) {
      if (in == null) {
        throw Failure.bug("the script for " + shell + " is missing", new IllegalStateException());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Failure.bug("the script for " + shell + " can't be read", e);
    }
  }

  /// What may come next: the scripts ask for it with the words typed so far, the last of which is
  /// being typed. Never fails: a project that is wrong has no table names to offer.
  private List<String> words(Invocation invocation) {
    List<String> given = invocation.words().subList(1, invocation.words().size());
    HalfTyped typed = HalfTyped.read(given, usages.get());
    return candidates(typed, invocation).stream()
        .filter(word -> word.startsWith(typed.current()))
        .map(word -> typed.before() + word)
        .toList();
  }

  private List<String> candidates(HalfTyped typed, Invocation invocation) {
    if (typed.awaiting().isPresent()) {
      Option option = typed.awaiting().get();
      if (option.equals(CommandLine.BRANCH)) {
        return branches(typed, invocation);
      }
      return option.equals(CommandLine.ENVIRONMENT)
          ? environments(typed, invocation)
          : option.choices();
    }
    if (typed.current().startsWith("-")) {
      List<Option> options = new ArrayList<>(CommandLine.COMMON);
      typed.usage().ifPresent(usage -> options.addAll(0, usage.options()));
      return options.stream().map(Option::name).toList();
    }
    if (typed.usage().isEmpty()) {
      List<String> names = new ArrayList<>(usages.get().keySet());
      names.add("help");
      return names;
    }
    return values(typed.usage().get(), typed, invocation);
  }

  private List<String> values(Usage usage, HalfTyped typed, Invocation invocation) {
    return switch (usage.completes()) {
      case "tables" -> tables(typed, invocation);
      case "tests" -> tests(typed, invocation);
      case "table" -> typed.words().isEmpty() ? tables(typed, invocation) : List.of();
      case "runs" -> runs(typed, invocation);
      case "branches" -> branches(typed, invocation);
      case "shells" -> SHELLS;
      case "scaffold" -> typed.words().isEmpty() ? List.of("silver") : tables(typed, invocation);
      default -> List.of();
    };
  }

  private List<String> environments(HalfTyped typed, Invocation invocation) {
    return opener.reader(there(typed, invocation)).environments();
  }

  private List<String> tables(HalfTyped typed, Invocation invocation) {
    try {
      Project project = opener.project(there(typed, invocation), new Problems());
      List<String> names = new ArrayList<>(List.of("bronze", "silver", "gold"));
      project.sources().forEach(source -> names.add(source.table().toString()));
      project.models().forEach(model -> names.add(model.table().toString()));
      if (typed.current().startsWith("tag")) {
        project.tags().values().stream()
            .flatMap(List::stream)
            .distinct()
            .sorted()
            .forEach(tag -> names.add("tag:" + tag));
      }
      boolean upstream = typed.current().startsWith("+");
      return names.stream().map(name -> upstream ? "+" + name : name).toList();
    } catch (Failure _) {
      return List.of();
    }
  }

  /// The newest runs.
  private List<String> runs(HalfTyped typed, Invocation invocation) {
    try {
      return opener.with(
          there(typed, invocation),
          opened ->
              opened.store().read(transaction -> transaction.runs().latest(RUNS)).stream()
                  .map(run -> run.run().toString())
                  .toList());
    } catch (Failure _) {
      return List.of();
    }
  }

  private List<String> branches(HalfTyped typed, Invocation invocation) {
    try {
      return opener.with(
          there(typed, invocation),
          opened ->
              opened.store().read(transaction -> transaction.branches().all()).stream()
                  .map(BranchRecord::name)
                  .toList());
    } catch (Failure _) {
      return List.of();
    }
  }

  /// Tables, and the files of tests.
  private List<String> tests(HalfTyped typed, Invocation invocation) {
    List<String> names = new ArrayList<>(tables(typed, invocation));
    opener.reader(there(typed, invocation)).tests(new Problems()).stream()
        .map(TestFile::file)
        .forEach(names::add);
    return names;
  }

  /// The project that the half-typed line is about.
  private Invocation there(HalfTyped typed, Invocation invocation) {
    Map<String, String> variables = opener.process().variables();
    String folder =
        typed
            .options()
            .getOrDefault("-C", "")
            .replaceFirst(
                "^~(?=/|$)", Matcher.quoteReplacement(variables.getOrDefault("HOME", "~")));
    return new Invocation(
        invocation.folder().resolve(folder).normalize(),
        Optional.ofNullable(typed.options().get("--env")),
        List.of(),
        Map.of(),
        invocation.console());
  }
}
