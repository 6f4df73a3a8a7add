package dev.tarn.vocabulary.settings;

import dev.tarn.vocabulary.Location;
import java.util.List;

/// A value in a settings file and the place where it stands.
public sealed interface Node {

  Location at();

  /// A single value as text; `plain` is false when it stood in quotes, and then it is a text
  /// whatever it looks like.
  record Scalar(Location at, String text, boolean plain) implements Node {

    public boolean isNull() {
      return plain && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
    }
  }

  /// Values in order.
  record Sequence(Location at, List<Node> items) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /// Values by key, in the order written.
  record Mapping(Location at, List<Entry> entries) implements Node {
    public Mapping {
      entries = List.copyOf(entries);
    }
  }

  /// One key of a mapping and its value.
  record Entry(Location at, String key, Node value) {}

  /// What a person would call it.
  default String kind() {
    return switch (this) {
      case Scalar _ -> "a single value";
      case Sequence _ -> "a list";
      case Mapping _ -> "a block of keys";
    };
  }
}
