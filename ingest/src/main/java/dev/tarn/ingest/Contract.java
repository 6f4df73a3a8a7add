package dev.tarn.ingest;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Type;
import dev.tarn.vocabulary.settings.Node;
import dev.tarn.vocabulary.settings.Settings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The columns that a source promises to deliver, in order; none when all is to be discovered.
/// Columns that it does not name are drift.
public record Contract(List<ContractColumn> columns) {
  private static final long WIDEST = 1_000_000;

  public Contract {
    columns = List.copyOf(columns);
  }

  /// Whether nothing was promised.
  public boolean isEmpty() {
    return columns.isEmpty();
  }

  /// The promise about a column of the source, by its name there, in any case.
  public Optional<ContractColumn> bySource(String name) {
    return columns.stream()
        .filter(column -> column.sourceName().equalsIgnoreCase(name))
        .findFirst();
  }

  /// The promise about a column of the table.
  public Optional<ContractColumn> byName(String name) {
    return columns.stream().filter(column -> column.name().equalsIgnoreCase(name)).findFirst();
  }

  /// Descriptions by column name.
  public Map<String, String> descriptions() {
    return columns.stream()
        .filter(column -> !column.description().isEmpty())
        .collect(Collectors.toMap(ContractColumn::name, ContractColumn::description));
  }

  /// Reads `columns:`, where each is `name: type` or a block with `type`, `required`, `tags`,
  /// `description`, `as`, `path`, `width` and `start`.
  static Contract read(Settings settings) {
    Optional<Node> node = settings.node("columns");
    if (node.isEmpty()) {
      return new Contract(List.of());
    }
    Settings block = Settings.block(node.get(), settings.problems());
    List<ContractColumn> columns = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Node.Entry entry : block.entries()) {
      if (seen.add(entry.key().toLowerCase(Locale.ROOT))) {
        columns.add(column(entry, settings.problems()));
      } else {
        settings
            .problems()
            .add(entry.at(), "column '" + entry.key() + "' is declared twice", "remove one");
      }
    }
    return new Contract(columns);
  }

  private static ContractColumn column(Node.Entry entry, Problems problems) {
    if (entry.value() instanceof Node.Scalar scalar) {
      Optional<Type> type =
          scalar.isNull() ? Optional.empty() : type(scalar, scalar.text(), problems);
      return new ContractColumn(
          entry.key(),
          type,
          false,
          List.of(),
          "",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          entry.at());
    }
    Settings block = Settings.block(entry.value(), problems);
    Optional<Type> type = block.text("type").flatMap(text -> type(block, text, problems));
    ContractColumn column =
        new ContractColumn(
            entry.key(),
            type,
            block.flag("required", false),
            block.texts("tags"),
            block.text("description", ""),
            block.text("as").or(() -> block.text("path")),
            block.number("width", 1, WIDEST).map(Long::intValue),
            block.number("start", 1, WIDEST).map(Long::intValue),
            entry.at());
    block.text("path");
    block.done();
    return column;
  }

  private static Optional<Type> type(Settings block, String text, Problems problems) {
    return block.node("type").flatMap(node -> type(node, text, problems));
  }

  private static Optional<Type> type(Node node, String text, Problems problems) {
    try {
      return Optional.of(Type.parse(text));
    } catch (Failure failure) {
      failure
          .problems()
          .forEach(problem -> problems.add(Problem.at(node.at(), problem.what(), problem.fix())));
      return Optional.empty();
    }
  }
}
