package dev.tarn.app.command;

import dev.tarn.app.project.Project;
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

/// Makes shells complete commands, options and table names.
public final class CompletionCommand implements Command {
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
  public int run(Invocation invocation) {
    String shell = invocation.words().getFirst();
    if (shell.equals("words")) {
      words(invocation).forEach(invocation.console().out()::println);
      return WELL;
    }
    if (!List.of("bash", "zsh", "fish").contains(shell)) {
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

  /// What may come next: the scripts ask for it with the words typed so far. Never fails: a project
  /// that is wrong has no table names to offer.
  private List<String> words(Invocation invocation) {
    List<String> typed = invocation.words().subList(1, invocation.words().size());
    Optional<Usage> usage =
        typed.stream().map(usages.get()::get).filter(found -> found != null).findFirst();
    List<String> words = new ArrayList<>();
    if (usage.isEmpty()) {
      words.addAll(usages.get().keySet());
      words.add("help");
    } else {
      usage.get().options().forEach(option -> words.add(option.name()));
      words.addAll(values(usage.get().completes(), invocation));
    }
    CommandLine.COMMON.forEach(option -> words.add(option.name()));
    return words;
  }

  private List<String> values(String kind, Invocation invocation) {
    return switch (kind) {
      case "tables" -> tables(invocation);
      case "shells" -> List.of("bash", "zsh", "fish");
      default -> List.of();
    };
  }

  private List<String> tables(Invocation invocation) {
    try {
      Problems problems = new Problems();
      Project project = opener.project(invocation, problems);
      List<String> names = new ArrayList<>(List.of("bronze", "silver", "gold"));
      project.sources().forEach(source -> names.add(source.table().toString()));
      project.models().forEach(model -> names.add(model.table().toString()));
      return names;
    } catch (Failure _) {
      return List.of();
    }
  }
}
