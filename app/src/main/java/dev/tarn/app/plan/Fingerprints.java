package dev.tarn.app.plan;

import dev.tarn.app.project.Hashes;
import dev.tarn.sql.Query;
import dev.tarn.transform.Materialize;
import dev.tarn.transform.ModelSettings;
import dev.tarn.vocabulary.settings.Node;
import java.util.List;
import java.util.stream.Collectors;

/// Names what a model means: its query without comments and layout, and the settings that shape or
/// judge the table. Descriptions and owners do not count.
final class Fingerprints {

  private Fingerprints() {}

  static String of(Query query, ModelSettings settings) {
    String shape =
        settings.materialize()
            + "|"
            + settings.partition()
            + "|"
            + settings.sort()
            + "|"
            + settings.key()
            + (settings.lookback().isPresent() ? "|lookback" : "")
            + (settings.materialize() == Materialize.SNAPSHOT ? "|" + settings.history() : "");
    return Hashes.sha256(query.fingerprint() + "|" + shape)
        + KnownModel.CHECKS
        + Hashes.sha256(text(settings.checks()));
  }

  /// Nodes without their places, so that a moved line is no change.
  private static String text(List<Node> nodes) {
    return nodes.stream().map(Fingerprints::text).collect(Collectors.joining(",", "[", "]"));
  }

  private static String text(Node node) {
    return switch (node) {
      case Node.Scalar scalar -> "'" + scalar.text().replace("'", "''") + "'";
      case Node.Sequence list -> text(list.items());
      case Node.Mapping block ->
          block.entries().stream()
              .map(entry -> entry.key() + ":" + text(entry.value()))
              .collect(Collectors.joining(",", "{", "}"));
    };
  }
}
