package dev.tarn.app.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A command line that is being typed, as a shell hands it over: still quoted, `--name=value`
/// perhaps in three words.
///
/// @param usage of the command, once it is typed
/// @param options values by option name
/// @param awaiting the option whose value is being typed
/// @param words what is no option, after the command
/// @param before what stands in the word that is being typed before its value, such as `--format=`
/// @param current the word that is being typed, or its value; may be empty
record HalfTyped(
    Optional<Usage> usage,
    Map<String, String> options,
    Optional<Option> awaiting,
    List<String> words,
    String before,
    String current) {

  /// @param given the words after `tarn`; the last is being typed
  static HalfTyped read(List<String> given, Map<String, Usage> usages) {
    List<String> typed = new ArrayList<>(given.stream().map(HalfTyped::unquoted).toList());
    String current = typed.isEmpty() ? "" : typed.removeLast();
    typed.removeIf(word -> word.equals("="));
    Optional<Usage> usage = Optional.empty();
    Optional<Option> awaiting = Optional.empty();
    Map<String, String> options = new LinkedHashMap<>();
    List<String> words = new ArrayList<>();
    for (String word : typed) {
      if (awaiting.isPresent()) {
        options.put(awaiting.get().name(), word);
        awaiting = Optional.empty();
      } else if (word.startsWith("--") && word.contains("=")) {
        options.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
      } else if (word.startsWith("-")) {
        awaiting = option(word, usage).filter(option -> !option.isFlag());
      } else if (usage.isEmpty()) {
        usage = Optional.ofNullable(usages.get(word));
      } else {
        words.add(word);
      }
    }
    int equals = current.startsWith("--") ? current.indexOf('=') : -1;
    if (equals > 0 && awaiting.isEmpty()) {
      Optional<Option> named = option(current.substring(0, equals), usage);
      String before = current.substring(0, equals + 1);
      return new HalfTyped(usage, options, named, words, before, current.substring(equals + 1));
    }
    return new HalfTyped(usage, options, awaiting, words, "", current.equals("=") ? "" : current);
  }

  private static Optional<Option> option(String name, Optional<Usage> usage) {
    List<Option> known = new ArrayList<>(CommandLine.COMMON);
    usage.ifPresent(found -> known.addAll(found.options()));
    return known.stream().filter(option -> option.name().equals(name)).findFirst();
  }

  private static String unquoted(String word) {
    return word.replaceAll("^(['\"])(.*)\\1$", "$2")
        .replaceAll("^['\"]", "")
        .replaceAll("\\\\(.)", "$1");
  }
}
