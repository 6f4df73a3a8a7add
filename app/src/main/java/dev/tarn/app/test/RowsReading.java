package dev.tarn.app.test;

import dev.tarn.app.project.Yaml;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Suggestions;
import dev.tarn.vocabulary.settings.Node;
import dev.tarn.vocabulary.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads the rows of one table in any of the forms in which a test may write them: a list, `csv:`,
/// `sql:`, or `file:` beside the test's own file.
final class RowsReading {
  static final List<String> KEYS = List.of("rows", "csv", "file", "sql");
  private static final long FILE_LIMIT = 10_000_000;

  private final Path folder;
  private final Problems problems;

  /// @param folder of the project
  RowsReading(Path folder, Problems problems) {
    this.folder = folder;
    this.problems = problems;
  }

  /// What stands under a table: a list, or a block with one of the keys.
  Optional<WrittenRows> of(Node node) {
    return switch (node) {
      case Node.Sequence list -> Optional.of(listed(list));
      case Node.Scalar scalar when scalar.isNull() ->
          Optional.of(
              new WrittenRows.Listed(
                  scalar.at(), new WrittenRows.Form.Yaml(), List.of(), List.of()));
      case Node.Scalar scalar -> {
        problems.add(
            scalar.at(),
            "rows are a list, not '" + scalar.text() + "'",
            "write  - {column: value}  a line, or csv: sql: file:");
        yield Optional.empty();
      }
      case Node.Mapping mapping -> {
        Settings block = new Settings(mapping, problems);
        Optional<WrittenRows> rows = in(block);
        if (rows.isEmpty() && mapping.entries().isEmpty()) {
          problems.add(mapping.at(), "no rows are given here", "add  rows:, csv:, file: or sql:");
        }
        block.done();
        yield rows;
      }
    };
  }

  /// The rows by whichever key a block has; at most one.
  Optional<WrittenRows> in(Settings block) {
    List<String> written = KEYS.stream().filter(block::has).toList();
    if (written.size() > 1) {
      block.problem(
          written.get(1),
          "rows are written twice: by " + written.get(0) + ": and by " + written.get(1) + ":",
          "keep one of the two");
    }
    return written.stream()
        .findFirst()
        .flatMap(key -> block.node(key).flatMap(node -> read(key, node)))
        .or(() -> emptyRows(block));
  }

  /// `rows:` with nothing behind it.
  private static Optional<WrittenRows> emptyRows(Settings block) {
    return block.entries().stream()
        .filter(entry -> entry.key().equals("rows"))
        .findFirst()
        .map(entry ->
            new WrittenRows.Listed(
                entry.value().at(), new WrittenRows.Form.Yaml(), List.of(), List.of()));
  }

  private Optional<WrittenRows> read(String key, Node node) {
    if (key.equals("rows")) {
      if (node instanceof Node.Sequence list) {
        return Optional.of(listed(list));
      }
      problems.add(node.at(), "'rows' must be a list", "write  - {column: value}  a line");
      return Optional.empty();
    }
    if (!(node instanceof Node.Scalar scalar)) {
      problems.add(node.at(), "'" + key + "' must be a single value, not " + node.kind(), "");
      return Optional.empty();
    }
    return switch (key) {
      case "csv" -> Optional.of(csv(scalar));
      case "sql" -> Optional.of(new WrittenRows.Asked(scalar.at(), scalar.text(), false));
      default -> file(scalar);
    };
  }

  private WrittenRows.Listed listed(Node.Sequence list) {
    return new WrittenRows.Listed(
        list.at(), new WrittenRows.Form.Yaml(), List.of(), rows(list.items()));
  }

  private List<WrittenRow> rows(List<Node> items) {
    List<WrittenRow> rows = new ArrayList<>();
    for (Node item : items) {
      if (item instanceof Node.Mapping row) {
        rows.add(new WrittenRow(row.at(), row.entries()));
      } else {
        problems.add(
            item.at(), "a row is columns and values, not " + item.kind(), "write  {column: value}");
      }
    }
    return rows;
  }

  /// The lines of a block (`csv: |`) begin below the key.
  private WrittenRows.Listed csv(Node.Scalar text) {
    Location at = text.at();
    return new CsvText(text.text(), line -> new Location(at.file(), at.line() + line, 0), problems)
        .read(at, new WrittenRows.Form.Csv());
  }

  private Optional<WrittenRows> file(Node.Scalar named) {
    String own = named.at().file();
    Path path = Path.of(own).resolveSibling(named.text()).normalize();
    String file = path.toString().replace('\\', '/');
    Path there = folder.resolve(path);
    if (!Files.isRegularFile(there)) {
      problems.add(
          named.at(),
          "there is no file " + file,
          Suggestions.didYouMean(path.getFileName().toString(), siblings(there)));
      return Optional.empty();
    }
    String ending = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (ending) {
      case "csv" ->
          Optional.of(
              new CsvText(text(there, named), line -> new Location(file, line, 0), problems)
                  .read(named.at(), new WrittenRows.Form.InFile(file)));
      case "json" -> json(file, text(there, named), 0, named);
      case "ndjson", "jsonl" -> lines(file, text(there, named), named);
      case "sql" -> Optional.of(new WrittenRows.Asked(named.at(), text(there, named), false));
      case "parquet" -> {
        String sql = "SELECT * FROM read_parquet(" + Identifiers.literal(there.toString()) + ")";
        yield Optional.of(new WrittenRows.Asked(named.at(), sql, true));
      }
      default -> {
        problems.add(
            named.at(),
            "rows can't be read from " + file,
            "known: .csv, .json, .ndjson, .parquet, .sql");
        yield Optional.empty();
      }
    };
  }

  private static List<String> siblings(Path file) {
    Path parent = file.getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return List.of();
    }
    try (var files = Files.list(parent)) {
      return files.map(one -> one.getFileName().toString()).sorted().limit(1000).toList();
    } catch (IOException _) {
      return List.of();
    }
  }

  private String text(Path file, Node.Scalar named) {
    try {
      if (Files.size(file) > FILE_LIMIT) {
        problems.add(
            named.at(), named.text() + " is larger than 10 MB", "a test needs a few rows only");
        return "";
      }
      return Files.readString(file, StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException _) {
      problems.add(
          named.at(), named.text() + " can't be read as UTF-8", "check its rights and encoding");
      return "";
    }
  }

  /// JSON is YAML.
  private Optional<WrittenRows> json(String file, String text, int linesBefore, Node.Scalar named) {
    List<WrittenRow> rows = new ArrayList<>();
    Yaml.read(file, linesBefore, text, problems)
        .ifPresent(node ->
            rows.addAll(rows(node instanceof Node.Sequence list ? list.items() : List.of(node))));
    return Optional.of(
        new WrittenRows.Listed(named.at(), new WrittenRows.Form.InFile(file), List.of(), rows));
  }

  private Optional<WrittenRows> lines(String file, String text, Node.Scalar named) {
    List<WrittenRow> rows = new ArrayList<>();
    int line = 0;
    for (String one : text.lines().toList()) {
      int before = line++;
      if (!one.isBlank() && json(file, one, before, named).get() instanceof WrittenRows.Listed l) {
        rows.addAll(l.rows());
      }
    }
    return Optional.of(
        new WrittenRows.Listed(named.at(), new WrittenRows.Form.InFile(file), List.of(), rows));
  }
}
