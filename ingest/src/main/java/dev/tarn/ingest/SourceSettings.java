package dev.tarn.ingest;

import dev.tarn.vocabulary.ColumnTags;
import dev.tarn.vocabulary.Cron;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.settings.Node;
import dev.tarn.vocabulary.settings.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What every source may say, whatever its connector.
///
/// @param connector the value of `from:`
/// @param fresh how old the newest data may be
/// @param every how often it is to be landed
/// @param cron when it is to be landed
/// @param checks as written; the room of checks reads them
/// @param contract the columns it promises
public record SourceSettings(
    TableName table,
    String connector,
    String description,
    String owner,
    List<String> tags,
    Optional<Duration> fresh,
    Optional<Duration> every,
    Optional<Cron> cron,
    List<Node> checks,
    Contract contract,
    OnDrift onDrift,
    OnError onError) {

  public SourceSettings {
    tags = List.copyOf(tags);
    checks = List.copyOf(checks);
  }

  /// Reads the common keys; the connector reads its own from the same block and calls `done()`.
  public static SourceSettings read(TableName table, Settings settings) {
    SourceSettings read =
        new SourceSettings(
            table,
            settings.requiredText("from"),
            settings.text("description", ""),
            settings.text("owner", ""),
            settings.texts("tags"),
            settings.duration("fresh"),
            settings.duration("every"),
            cron(settings),
            settings.items("checks"),
            Contract.read(settings),
            settings.choice("on_drift", OnDrift.class).orElse(OnDrift.EVOLVE),
            settings.choice("on_error", OnError.class).orElse(OnError.KEEP_ASIDE));
    if (read.every().isPresent() && read.cron().isPresent()) {
      settings.problem("cron", "'every' and 'cron' can't both say when", "keep one of them");
    }
    return read;
  }

  /// What the table is to tell about itself: a `comment`, and the tags of each column.
  public Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>();
    if (!description.isEmpty()) {
      properties.put("comment", description);
    }
    for (ContractColumn column : contract.columns()) {
      if (!column.tags().isEmpty()) {
        properties.put(ColumnTags.property(column.name()), ColumnTags.text(column.tags()));
      }
    }
    return properties;
  }

  private static Optional<Cron> cron(Settings settings) {
    return settings
        .text("cron")
        .flatMap(text -> {
          try {
            return Optional.of(Cron.parse(text));
          } catch (Failure failure) {
            Problem problem = failure.problems().getFirst();
            settings.problem("cron", problem.what(), problem.fix());
            return Optional.empty();
          }
        });
  }
}
