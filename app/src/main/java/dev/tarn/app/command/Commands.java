package dev.tarn.app.command;

import dev.tarn.app.terminal.Console;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Remedy;
import dev.tarn.vocabulary.Suggestions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All commands, and how a line of words becomes one of them done.
public final class Commands {
  private final List<Command> commands;
  private final Process process;
  private final String version;

  /// @param version as `--version` says it
  /// @param commands in the order of help
  public Commands(Process process, String version, List<Command> commands) {
    this.process = process;
    this.version = version;
    this.commands = commands;
  }

  /// Does what the words say and returns the exit status.
  public int run(List<String> arguments, PrintStream out, PrintStream err) {
    Console early =
        console(arguments.contains("--json"), arguments.contains("--quiet"), arguments, out, err);
    if (arguments.equals(List.of("--version")) || arguments.equals(List.of("version"))) {
      out.println("tarn " + version);
      out.flush();
      return Command.WELL;
    }
    try {
      return run(CommandLine.parse(arguments, usages()), out, err);
    } catch (Failure failure) {
      early.failure(failure);
      return status(failure);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      early.fault(e);
      return Command.FAILED;
    } finally {
      out.flush();
      err.flush();
    }
  }

  /// What a process that failed so ends with.
  static int status(Failure failure) {
    return failure.remedy() == Remedy.FIX_INPUT ? Command.WRONG : Command.FAILED;
  }

  private int run(CommandLine line, PrintStream out, PrintStream err) {
    if (line.command().isEmpty() || line.command().equals("help")) {
      return help(line, out);
    }
    Command command = find(line.command());
    if (line.options().containsKey("--help")) {
      out.print(Help.of(command.usage()));
      return Command.WELL;
    }
    countWords(command.usage(), line.words().size());
    refuseBranch(command, line);
    return command.run(invocation(line, out, err));
  }

  private int help(CommandLine line, PrintStream out) {
    if (line.words().isEmpty()) {
      out.print(Help.all(usages().values()));
    } else {
      out.print(Help.of(find(line.words().getFirst()).usage()));
    }
    return Command.WELL;
  }

  private Command find(String name) {
    return commands.stream()
        .filter(command -> command.usage().name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            Failure.input(
                "unknown command '" + name + "'", Suggestions.didYouMean(name, usages().keySet())));
  }

  private static void refuseBranch(Command command, CommandLine line) {
    if (line.options().containsKey(CommandLine.BRANCH.name()) && !command.onBranches()) {
      String name = command.usage().name();
      throw Failure.input(
          "tarn " + name + " works on no branch by itself", "tarn " + name + " --help");
    }
  }

  private static void countWords(Usage usage, int count) {
    if (count < usage.least() || count > usage.most()) {
      String what =
          count < usage.least() ? "something is missing after '" : "there is too much after '";
      throw Failure.input(what + usage.name() + "'", "tarn " + usage.name() + " " + usage.words());
    }
  }

  private Invocation invocation(CommandLine line, PrintStream out, PrintStream err) {
    Map<String, String> options = line.options();
    Path folder = process.folder().resolve(options.getOrDefault("-C", "")).normalize();
    Console console =
        console(
            options.containsKey("--json"),
            options.containsKey("--quiet"),
            List.copyOf(options.keySet()),
            out,
            err);
    return new Invocation(
        folder, Optional.ofNullable(options.get("--env")), line.words(), options, console);
  }

  private Console console(
      boolean json, boolean quiet, List<String> words, PrintStream out, PrintStream err) {
    Map<String, String> variables = process.variables();
    List<String> terminals = List.of(variables.getOrDefault("TARN_TERMINAL", "").split(","));
    boolean plain = words.contains("--no-color") || variables.containsKey("NO_COLOR");
    return new Console(
        out,
        err,
        json,
        quiet,
        terminals.contains("out"),
        terminals.contains("err"),
        !plain && !json && terminals.contains("out") && terminals.contains("err"),
        width(variables));
  }

  private static int width(Map<String, String> variables) {
    String columns = variables.getOrDefault("COLUMNS", "");
    return columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : 100;
  }

  /// How every command is used, by name.
  public Map<String, Usage> usages() {
    Map<String, Usage> usages = new LinkedHashMap<>();
    commands.forEach(command -> usages.put(command.usage().name(), command.usage()));
    return usages;
  }
}
