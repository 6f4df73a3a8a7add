package dev.tarn.app.command;

import java.util.Collection;
import java.util.List;

/// Help that teaches: what a command is for, its options, and lines to try.
final class Help {

  private Help() {}

  static String all(Collection<Usage> usages) {
    StringBuilder text = new StringBuilder();
    text.append("Tarn: a whole data platform in one download.\n\n");
    text.append("Usage: tarn COMMAND [OPTIONS]\n\n");
    int width = usages.stream().mapToInt(usage -> head(usage).length()).max().orElse(0);
    usages.forEach(usage ->
        text.append("  ")
            .append(pad(head(usage), width))
            .append("  ")
            .append(usage.summary())
            .append('\n'));
    text.append("\nOptions of every command:\n");
    options(text, CommandLine.COMMON);
    text.append("\nBegin with:  tarn demo\nOne command:  tarn COMMAND --help\n");
    text.append(
        "Exit status: 0 all well; 1 a step, check or test failed; 2 the command or the project is wrong\n");
    return text.toString();
  }

  static String of(Usage usage) {
    StringBuilder text = new StringBuilder();
    text.append("Usage: tarn ")
        .append(head(usage))
        .append(" [OPTIONS]\n\n")
        .append(usage.summary())
        .append(".\n");
    if (!usage.about().isBlank()) {
      text.append('\n').append(usage.about().strip()).append('\n');
    }
    if (!usage.options().isEmpty()) {
      text.append("\nOptions:\n");
      options(text, usage.options());
    }
    text.append("\nOptions of every command:\n");
    options(text, CommandLine.COMMON);
    if (!usage.examples().isEmpty()) {
      text.append("\nExamples:\n");
      usage.examples().forEach(example -> text.append("  ").append(example).append('\n'));
    }
    return text.toString();
  }

  private static String head(Usage usage) {
    return usage.words().isEmpty() ? usage.name() : usage.name() + " " + usage.words();
  }

  private static void options(StringBuilder text, List<Option> options) {
    int width = options.stream().mapToInt(option -> head(option).length()).max().orElse(0);
    for (Option option : options) {
      text.append("  ")
          .append(pad(head(option), width))
          .append("  ")
          .append(option.help())
          .append('\n');
    }
  }

  private static String head(Option option) {
    return option.isFlag() ? option.name() : option.name() + " " + option.value();
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
