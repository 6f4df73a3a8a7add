package dev.tarn.app.command;

import dev.tarn.app.terminal.Console;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was typed, taken apart.
///
/// @param folder the project's folder: `-C DIR` or the current one
/// @param environment the value of `--env`
/// @param words what stood after the command's name and was no option
/// @param options values by option name; switches have the value `true`
public record Invocation(
    Path folder,
    Optional<String> environment,
    List<String> words,
    Map<String, String> options,
    Console console) {

  public Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  public boolean has(String name) {
    return options.containsKey(name);
  }
}
