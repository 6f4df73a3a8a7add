package dev.tarn.app.project;

import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Suggestions;
import dev.tarn.vocabulary.settings.Node;
import dev.tarn.vocabulary.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lays an environment's block over the project's: keys of the environment win, blocks are merged.
final class Environments {

  /// What an environment can say otherwise.
  private static final List<String> KEYS =
      List.of(
          "lake",
          "engine",
          "memory",
          "threads",
          "temporary",
          "temporary_limit",
          "wait",
          "maintain",
          "vars",
          "allow",
          "name");

  private Environments() {}

  /// The names of all environments.
  static List<String> names(Node.Mapping project) {
    return value(project, "environments")
        .filter(Node.Mapping.class::isInstance)
        .map(Node.Mapping.class::cast)
        .map(all -> all.entries().stream().map(Node.Entry::key).toList())
        .orElse(List.of());
  }

  /// Notes what is wrong with any environment, used or not.
  static void check(Node.Mapping project, Problems problems) {
    value(project, "environments")
        .ifPresent(
            all -> Settings.block(all, problems).entries().forEach(one -> check(one, problems)));
  }

  private static void check(Node.Entry environment, Problems problems) {
    for (Node.Entry entry : Settings.block(environment.value(), problems).entries()) {
      if (!KEYS.contains(entry.key())) {
        problems.add(
            entry.at(),
            "unknown key '" + entry.key() + "'",
            Suggestions.didYouMean(entry.key(), KEYS));
      }
    }
  }

  /// The project as the environment has it. An unknown name is a problem.
  static Node.Mapping lay(Node.Mapping project, Optional<String> environment, Problems problems) {
    if (environment.isEmpty()) {
      return project;
    }
    Optional<Node> block =
        value(project, "environments")
            .filter(Node.Mapping.class::isInstance)
            .flatMap(all -> value((Node.Mapping) all, environment.get()));
    if (block.isEmpty()) {
      List<String> known = names(project);
      problems.add(
          project.at(),
          "there is no environment '" + environment.get() + "'",
          known.isEmpty()
              ? "declare it:  environments: {" + environment.get() + ": {…}}"
              : Suggestions.didYouMean(environment.get(), known));
      return project;
    }
    if (block.get() instanceof Node.Mapping over) {
      return merge(project, over);
    }
    return project; // That it is no block was told already.
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
