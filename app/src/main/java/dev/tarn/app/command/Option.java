package dev.tarn.app.command;

import java.util.List;

/// An option of a command.
///
/// @param name with its dashes, such as `--format`
/// @param value what the value is called in help; empty for a switch
/// @param choices the values that completion offers; empty when any will do
public record Option(String name, String value, String help, List<String> choices) {

  public static Option flag(String name, String help) {
    return new Option(name, "", help, List.of());
  }

  public static Option value(String name, String value, String help) {
    return new Option(name, value, help, List.of());
  }

  public static Option choice(String name, String help, String... choices) {
    return new Option(name, String.join("|", choices), help, List.of(choices));
  }

  boolean isFlag() {
    return value.isEmpty();
  }
}
