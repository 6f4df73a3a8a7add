package dev.tarn.app.project;

import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Suggestions;
import dev.tarn.vocabulary.settings.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts values in place of `${var.name}`, `${env:NAME}` and `${file:/path}`.
///
/// In settings the value becomes part of a text that has already been read as YAML, so it can't
/// change the file's structure. In SQL only `${var.…}` is allowed: within a quoted text it is put
/// in with quotes doubled; elsewhere it becomes a literal (a number stays a number), never a piece
/// of SQL.
final class Variables {
  private static final Pattern PLACE = Pattern.compile("\\$\\{([^}\\n]*)}");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,38}(\\.\\d{1,38})?");
  private static final long FILE_LIMIT = 64 * 1024;

  private final Map<String, String> vars;
  private final Map<String, String> environment;
  private final Path folder;

  Variables(Map<String, String> vars, Map<String, String> environment, Path folder) {
    this.vars = Map.copyOf(vars);
    this.environment = Map.copyOf(environment);
    this.folder = folder;
  }

  Map<String, String> vars() {
    return vars;
  }

  /// The node with every place filled.
  Node fill(Node node, Problems problems) {
    return switch (node) {
      case Node.Scalar scalar -> fill(scalar, problems);
      case Node.Sequence list ->
          new Node.Sequence(
              list.at(), list.items().stream().map(item -> fill(item, problems)).toList());
      case Node.Mapping block ->
          new Node.Mapping(
              block.at(),
              block.entries().stream()
                  .map(entry ->
                      new Node.Entry(entry.at(), entry.key(), fill(entry.value(), problems)))
                  .toList());
    };
  }

  private Node fill(Node.Scalar scalar, Problems problems) {
    if (!scalar.text().contains("${")) {
      return scalar;
    }
    Matcher places = PLACE.matcher(scalar.text());
    String text =
        places.replaceAll(place ->
            Matcher.quoteReplacement(value(place.group(1), scalar.at(), problems).orElse("")));
    return new Node.Scalar(scalar.at(), text, scalar.plain());
  }

  /// The SQL with every `${var.…}` filled.
  ///
  /// @param linesBefore how many lines stand above the SQL in its file
  String fillSql(String sql, String file, int linesBefore, Problems problems) {
    if (!sql.contains("${")) {
      return sql;
    }
    Matcher places = PLACE.matcher(sql);
    StringBuilder filled = new StringBuilder();
    while (places.find()) {
      Location at = place(sql, places.start(), file, linesBefore);
      places.appendReplacement(
          filled, Matcher.quoteReplacement(sqlValue(sql, places, at, problems)));
    }
    return places.appendTail(filled).toString();
  }

  private String sqlValue(String sql, Matcher place, Location at, Problems problems) {
    String name = place.group(1);
    if (!name.startsWith("var.")) {
      problems.add(
          at,
          "'${" + name + "}' can't stand in SQL",
          "only ${var.name} can: secrets do not belong in a model");
      return "NULL";
    }
    String value = value(name, at, problems).orElse("");
    if (withinQuotes(sql, place.start())) {
      return value.replace("'", "''");
    }
    return NUMBER.matcher(value).matches() ? value : Identifiers.literal(value);
  }

  /// Whether a quoted text is open at that place, counting quotes outside comments.
  private static boolean withinQuotes(String sql, int end) {
    boolean quoted = false;
    for (int i = 0; i < end; i++) {
      if (sql.charAt(i) == '\'') {
        quoted = !quoted;
      } else if (!quoted && sql.startsWith("--", i)) {
        int next = sql.indexOf('\n', i);
        i = next < 0 ? end : next;
      } else if (!quoted && sql.startsWith("/*", i)) {
        int next = sql.indexOf("*/", i);
        i = next < 0 ? end : next + 1;
      }
    }
    return quoted;
  }

  private static Location place(String text, int offset, String file, int linesBefore) {
    int line = (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
    return new Location(file, line + 1 + linesBefore, offset - text.lastIndexOf('\n', offset - 1));
  }

  private Optional<String> value(String name, Location at, Problems problems) {
    if (name.startsWith("var.")) {
      return known(name.substring(4), vars, at, problems, "add it under vars: in tarn.yml");
    }
    if (name.startsWith("env:")) {
      return environmentValue(name.substring(4), at, problems);
    }
    if (name.startsWith("file:")) {
      return fileText(name.substring(5), at, problems);
    }
    problems.add(
        at, "'${" + name + "}' is not known", "write ${var.name}, ${env:NAME} or ${file:/path}");
    return Optional.empty();
  }

  private static Optional<String> known(
      String name, Map<String, String> values, Location at, Problems problems, String fix) {
    Optional<String> value = Optional.ofNullable(values.get(name));
    if (value.isEmpty()) {
      String near =
          Suggestions.nearest(name, values.keySet())
              .map(known -> "did you mean '" + known + "'?")
              .orElse(fix);
      problems.add(at, "the variable '" + name + "' has no value", near);
    }
    return value;
  }

  private Optional<String> environmentValue(String name, Location at, Problems problems) {
    Optional<String> value = Optional.ofNullable(environment.get(name));
    if (value.isEmpty()) {
      problems.add(at, "the environment variable " + name + " is not set", "export " + name + "=…");
    }
    return value;
  }

  private Optional<String> fileText(String path, Location at, Problems problems) {
    Path file = folder.resolve(path);
    try {
      if (Files.size(file) > FILE_LIMIT) {
        problems.add(
            at, "the file " + path + " is larger than 64 KiB", "a secret or value is short");
        return Optional.empty();
      }
      return Optional.of(Files.readString(file).strip());
    } catch (IOException e) {
      problems.add(
          at, "the file " + path + " can't be read", "check that it exists and may be read");
      return Optional.empty();
    }
  }
}
