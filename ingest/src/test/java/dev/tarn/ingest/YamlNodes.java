package dev.tarn.ingest;

import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.settings.Node;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// YAML as the settings that a room is given.
final class YamlNodes {
  private static final String FILE = "sources/t.yml";

  private YamlNodes() {}

  static Node read(String yaml) {
    LoadSettings settings = LoadSettings.builder().build();
    return node(new Compose(settings).composeString(yaml).orElseThrow());
  }

  /// The items below `checks:`, or the items themselves.
  static List<Node> items(Node node) {
    return switch (node) {
      case Node.Sequence sequence -> sequence.items();
      case Node.Mapping mapping ->
          items(
              mapping.entries().stream()
                  .filter(entry -> entry.key().equals("checks"))
                  .findFirst()
                  .orElseThrow()
                  .value());
      case Node.Scalar scalar -> throw new IllegalArgumentException(scalar.text());
    };
  }

  private static Node node(org.snakeyaml.engine.v2.nodes.Node node) {
    Location at = at(node);
    if (node instanceof SequenceNode sequence) {
      return new Node.Sequence(at, sequence.getValue().stream().map(YamlNodes::node).toList());
    }
    if (node instanceof MappingNode mapping) {
      return new Node.Mapping(
          at,
          mapping.getValue().stream()
              .map(tuple ->
                  new Node.Entry(
                      at(tuple.getKeyNode()),
                      ((ScalarNode) tuple.getKeyNode()).getValue(),
                      node(tuple.getValueNode())))
              .toList());
    }
    ScalarNode scalar = (ScalarNode) node;
    return new Node.Scalar(at, scalar.getValue(), scalar.getScalarStyle() == ScalarStyle.PLAIN);
  }

  private static Location at(org.snakeyaml.engine.v2.nodes.Node node) {
    Mark mark = node.getStartMark().orElseThrow();
    return new Location(FILE, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
