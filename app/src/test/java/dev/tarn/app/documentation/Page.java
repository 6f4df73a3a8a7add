package dev.tarn.app.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// A page of the documentation, with the examples in it.
record Page(String text) {

  /// @param name from the folder of the whole project, such as `docs/models.md`
  static Page of(String name) throws IOException {
    return new Page(Files.readString(Path.of("..").resolve(name)));
  }

  /// The blocks of a language, such as `yaml`.
  List<String> blocks(String language) {
    return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
        .matcher(text)
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  /// The lines that call Tarn, each as the words after `tarn`, as a shell would take them apart.
  List<List<String>> commands() {
    return blocks("sh").stream()
        .flatMap(String::lines)
        .filter(line -> line.matches("(\\./)?tarn .*"))
        .map(Page::words)
        .toList();
  }

  private static List<String> words(String line) {
    String command = line.replaceFirst("^(\\./)?tarn ", "").replaceFirst(" +(# .*|\\| .*)$", "");
    return Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|\\S+")
        .matcher(command)
        .results()
        .map(word -> word.group(1) == null ? word.group() : word.group(1).replace("\\\"", "\""))
        .toList();
  }
}
