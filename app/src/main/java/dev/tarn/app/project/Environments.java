package dev.tarn.app.project;

import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Suggestions;
import dev.tarn.vocabulary.settings.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lays an environment's block over the project's: keys of the environment win, blocks are merged.
final class Environments {

  private Environments() {}

  /// The project as the environment has it. An unknown name is a problem.
  static Node.Mapping lay(Node.Mapping project, Optional<String> environment, Problems problems) {
    if (environment.isEmpty()) {
      return project;
    }
    Optional<Node.Mapping> all =
        value(project, "environments")
            .filter(Node.Mapping.class::isInstance)
            .map(Node.Mapping.class::cast);
    Optional<Node> block = all.flatMap(mapping -> value(mapping, environment.get()));
    if (block.isEmpty()) {
      List<String> known =
          all.map(mapping -> mapping.entries().stream().map(Node.Entry::key).toList())
              .orElse(List.of());
      problems.add(
          project.at(),
          "there is no environment '" + environment.get() + "'",
          Suggestions.didYouMean(environment.get(), known));
      return project;
    }
    if (block.get() instanceof Node.Mapping over) {
      return merge(project, over);
    }
    problems.add(block.get().at(), "an environment is a block of keys", "");
    return project;
  }

  private static Node.Mapping merge(Node.Mapping under, Node.Mapping over) {
    List<Node.Entry> merged = new ArrayList<>();
    for (Node.Entry entry : under.entries()) {
      merged.add(find(over, entry.key()).map(other -> merge(entry, other)).orElse(entry));
    }
    over.entries().stream()
        .filter(entry -> find(under, entry.key()).isEmpty())
        .forEach(merged::add);
    return new Node.Mapping(under.at(), merged);
  }

  private static Node.Entry merge(Node.Entry under, Node.Entry over) {
    return under.value() instanceof Node.Mapping below && over.value() instanceof Node.Mapping above
        ? new Node.Entry(over.at(), over.key(), merge(below, above))
        : over;
  }

  private static Optional<Node.Entry> find(Node.Mapping mapping, String key) {
    return mapping.entries().stream().filter(entry -> entry.key().equals(key)).findFirst();
  }

  private static Optional<Node> value(Node.Mapping mapping, String key) {
    return find(mapping, key).map(Node.Entry::value);
  }
}
