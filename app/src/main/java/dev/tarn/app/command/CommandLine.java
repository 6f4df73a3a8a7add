package dev.tarn.app.command;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import dev.tarn.vocabulary.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes a command line apart. Options may stand anywhere; `--` ends them; `--name=value` and
/// `--name value` are the same.
///
/// @param command the first word that is no option, or empty
public record CommandLine(String command, List<String> words, Map<String, String> options) {
  static final Option ENVIRONMENT =
      Option.value("--env", "NAME", "use that environment of tarn.yml");

  static final Option BRANCH =
      Option.value("--branch", "NAME", "work on that branch of the lake instead of main");

  static final List<Option> COMMON =
      List.of(
          Option.value("-C", "DIR", "work on the project in DIR instead of the current folder"),
          ENVIRONMENT,
          BRANCH,
          Option.flag(
              "--json", "write one JSON document to standard output, and nothing else there"),
          Option.flag("--quiet", "say only results and errors"),
          Option.flag("--no-color", "no colours (so does the variable NO_COLOR)"),
          Option.flag("--help", "explain the command"));

  /// @param usages all commands, by name
  /// @throws Failure with everything that is wrong
  static CommandLine parse(List<String> arguments, Map<String, Usage> usages) {
    Optional<Usage> usage =
        arguments.stream().filter(usages::containsKey).findFirst().map(usages::get);
    List<Option> known = new ArrayList<>(COMMON);
    usage.ifPresent(command -> known.addAll(command.options()));
    return new Words(known).read(arguments);
  }

  private static final class Words {
    private final List<Option> known;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private final Map<String, String> options = new LinkedHashMap<>();

    Words(List<Option> known) {
      this.known = known;
    }

    CommandLine read(List<String> arguments) {
      boolean optionsEnded = false;
      for (int i = 0; i < arguments.size(); i++) {
        String argument = arguments.get(i);
        if (optionsEnded || !argument.startsWith("-") || argument.equals("-")) {
          words.add(argument);
        } else if (argument.equals("--")) {
          optionsEnded = true;
        } else {
          i +=
              option(
                  argument,
                  i + 1 < arguments.size() ? Optional.of(arguments.get(i + 1)) : Optional.empty());
        }
      }
      if (!problems.isEmpty()) {
        throw new Failure(Remedy.FIX_INPUT, problems);
      }
      String command = words.isEmpty() ? "" : words.removeFirst();
      return new CommandLine(command, List.copyOf(words), Map.copyOf(options));
    }

    /// Reads one option and returns how many further arguments it took.
    private int option(String argument, Optional<String> next) {
      int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
      String name = alias(equals < 0 ? argument : argument.substring(0, equals));
      Optional<Option> option =
          known.stream().filter(candidate -> candidate.name().equals(name)).findFirst();
      if (option.isEmpty()) {
        problems.add(
            Problem.of(
                "unknown option '" + name + "'",
                Suggestions.didYouMean(name, known.stream().map(Option::name).toList())));
        return 0;
      }
      if (option.get().isFlag()) {
        options.put(name, "true");
        return 0;
      }
      Optional<String> value = equals < 0 ? next : Optional.of(argument.substring(equals + 1));
      value.ifPresentOrElse(
          text -> put(option.get(), text),
          () ->
              problems.add(
                  Problem.of(
                      "the option " + name + " needs a value", name + " " + option.get().value())));
      return equals < 0 && value.isPresent() ? 1 : 0;
    }

    private void put(Option option, String text) {
      if (!option.choices().isEmpty() && !option.choices().contains(text)) {
        problems.add(
            Problem.of(
                "'" + text + "' is no value of " + option.name(),
                Suggestions.didYouMean(text, option.choices())));
      }
      options.put(option.name(), text);
    }

    private static String alias(String name) {
      return switch (name) {
        case "-h" -> "--help";
        case "-q" -> "--quiet";
        default -> name;
      };
    }
  }
}
