package dev.tarn.vocabulary.settings;

import dev.tarn.vocabulary.ByteSize;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Suggestions;
import dev.tarn.vocabulary.Timings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/// Reads one block of settings by key, notes every problem and goes on. Whoever reads a block asks
/// for each key it knows and calls [#done()] last: keys that nobody asked for are then problems,
/// with "did you mean".
public final class Settings {
  private final Node.Mapping block;
  private final Problems problems;
  private final Set<String> known = new LinkedHashSet<>();

  public Settings(Node.Mapping block, Problems problems) {
    this.block = block;
    this.problems = problems;
  }

  /// Reads `node` as a block; anything else is a problem and reads as an empty block.
  public static Settings block(Node node, Problems problems) {
    if (node instanceof Node.Mapping mapping) {
      return new Settings(mapping, problems);
    }
    if (!(node instanceof Node.Scalar scalar && scalar.isNull())) {
      problems.add(
          node.at(), "expected keys and values, found " + node.kind(), "write it as  key: value");
    }
    return new Settings(new Node.Mapping(node.at(), List.of()), problems);
  }

  public Location at() {
    return block.at();
  }

  public Problems problems() {
    return problems;
  }

  /// The keys in the order written.
  public List<Node.Entry> entries() {
    return block.entries();
  }

  /// Whether the key was written; it counts as known from now on.
  public boolean has(String key) {
    return node(key).isPresent();
  }

  /// The value of a key, if written and not null.
  public Optional<Node> node(String key) {
    known.add(key);
    return block.entries().stream()
        .filter(entry -> entry.key().equals(key))
        .map(Node.Entry::value)
        .filter(value -> !(value instanceof Node.Scalar scalar && scalar.isNull()))
        .findFirst();
  }

  public Optional<String> text(String key) {
    return node(key).flatMap(value -> scalar(key, value)).map(Node.Scalar::text);
  }

  public String text(String key, String fallback) {
    return text(key).orElse(fallback);
  }

  /// A text that must be there.
  public String requiredText(String key) {
    Optional<String> found = text(key);
    if (found.isEmpty() && !writtenAsOther(key)) {
      problems.add(block.at(), "'" + key + "' is missing", "add  " + key + ": …");
    } else if (found.filter(String::isBlank).isPresent()) {
      problem(key, "'" + key + "' is empty", "write  " + key + ": …");
    }
    return found.orElse("");
  }

  public boolean flag(String key, boolean fallback) {
    return typed(
            key,
            "true or false",
            (_, text) ->
                switch (text.toLowerCase(Locale.ROOT)) {
                  case "true", "yes", "on" -> Optional.of(true);
                  case "false", "no", "off" -> Optional.of(false);
                  default -> Optional.<Boolean>empty();
                })
        .orElse(fallback);
  }

  /// A whole number within bounds.
  public Optional<Long> number(String key, long least, long most) {
    return typed(
        key,
        "a whole number from " + least + " to " + most,
        (_, text) -> {
          try {
            long value = Long.parseLong(text.replace("_", ""));
            return value < least || value > most ? Optional.<Long>empty() : Optional.of(value);
          } catch (NumberFormatException _) {
            return Optional.<Long>empty();
          }
        });
  }

  public Optional<BigDecimal> decimal(String key) {
    return typed(key, "a number", (_, text) -> decimalOf(text));
  }

  public Optional<Duration> duration(String key) {
    return typed(key, "a time such as 30s, 15m, 24h or 7d", (_, text) -> Timings.parse(text));
  }

  public Optional<ByteSize> size(String key) {
    return typed(key, "a size such as 512MB or 2GB", (_, text) -> ByteSize.parse(text));
  }

  /// One of an enum's names, written in lower case with `_` as `_` or `-`.
  public <E extends Enum<E>> Optional<E> choice(String key, Class<E> choices) {
    List<String> names = new ArrayList<>();
    for (E choice : choices.getEnumConstants()) {
      names.add(choice.name().toLowerCase(Locale.ROOT));
    }
    return node(key)
        .flatMap(value -> scalar(key, value))
        .flatMap(scalar -> {
          int index = names.indexOf(scalar.text().toLowerCase(Locale.ROOT).replace('-', '_'));
          if (index < 0) {
            problems.add(
                scalar.at(),
                "'" + key + "' can't be '" + scalar.text() + "'",
                Suggestions.nearest(scalar.text(), names)
                    .map(name -> "did you mean '" + name + "'?")
                    .orElse("one of: " + String.join(", ", names)));
            return Optional.empty();
          }
          return Optional.of(choices.getEnumConstants()[index]);
        });
  }

  /// A list of texts; a single value counts as a list of one.
  public List<String> texts(String key) {
    return node(key).map(value -> texts(key, value)).orElse(List.of());
  }

  /// A block below this one.
  public Optional<Settings> block(String key) {
    return node(key).map(value -> block(value, problems));
  }

  /// The items of a list; a single value counts as a list of one.
  public List<Node> items(String key) {
    return node(key)
        .map(value -> value instanceof Node.Sequence sequence ? sequence.items() : List.of(value))
        .orElse(List.of());
  }

  /// Where a key stands, or the block when it was not written.
  public Location at(String key) {
    return block.entries().stream()
        .filter(entry -> entry.key().equals(key))
        .map(Node.Entry::at)
        .findFirst()
        .orElse(block.at());
  }

  public void problem(String key, String what, String fix) {
    problems.add(at(key), what, fix);
  }

  /// Notes every key that nobody asked for.
  public void done() {
    for (Node.Entry entry : block.entries()) {
      if (!known.contains(entry.key())) {
        problems.add(
            entry.at(),
            "unknown key '" + entry.key() + "'",
            Suggestions.didYouMean(entry.key(), known));
      }
    }
  }

  /// Notes only those unasked-for keys that look like slips of known ones: for a block whose other
  /// keys nobody here can know.
  public void slips() {
    for (Node.Entry entry : block.entries()) {
      if (!known.contains(entry.key())) {
        Suggestions.nearest(entry.key(), known)
            .ifPresent(near ->
                problems.add(
                    entry.at(),
                    "unknown key '" + entry.key() + "'",
                    "did you mean '" + near + "'?"));
      }
    }
  }

  private List<String> texts(String key, Node value) {
    List<Node> items = value instanceof Node.Sequence sequence ? sequence.items() : List.of(value);
    return items.stream()
        .flatMap(item -> scalar(key, item).stream())
        .map(Node.Scalar::text)
        .toList();
  }

  private <T> Optional<T> typed(
      String key, String wanted, BiFunction<Node.Scalar, String, Optional<T>> read) {
    return node(key)
        .flatMap(value -> scalar(key, value))
        .flatMap(scalar -> {
          Optional<T> parsed = read.apply(scalar, scalar.text().strip());
          if (parsed.isEmpty()) {
            problems.add(
                scalar.at(),
                "'" + key + "' must be " + wanted + ", not '" + scalar.text() + "'",
                "");
          }
          return parsed;
        });
  }

  private Optional<Node.Scalar> scalar(String key, Node value) {
    if (value instanceof Node.Scalar scalar) {
      return Optional.of(scalar);
    }
    problems.add(value.at(), "'" + key + "' must be a single value, not " + value.kind(), "");
    return Optional.empty();
  }

  private boolean writtenAsOther(String key) {
    return node(key).filter(value -> !(value instanceof Node.Scalar)).isPresent();
  }

  private static Optional<BigDecimal> decimalOf(String text) {
    try {
      return Optional.of(new BigDecimal(text.replace("_", "")));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
