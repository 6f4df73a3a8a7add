package dev.tarn.transform;

import dev.tarn.lake.PartitionKey;
import dev.tarn.lake.SortKey;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.settings.Node;
import dev.tarn.vocabulary.settings.Settings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the leading comment of a model says.
///
/// @param key the columns that name a row; empty when none do
/// @param fresh how old the newest publish may be
/// @param checks what must hold, not yet read
/// @param lookback how old rows may be that a refresh still changes
/// @param history how versions are told apart, where they are kept
/// @param columnDocs descriptions by column
/// @param columnTags tags by column
/// @param places where each key stands, to point at
public record ModelSettings(
    String description,
    String owner,
    List<String> key,
    List<PartitionKey> partition,
    List<SortKey> sort,
    Optional<Duration> fresh,
    List<Node> checks,
    RefreshChoice refresh,
    Materialize materialize,
    Optional<Lookback> lookback,
    HistorySettings history,
    List<String> tags,
    Map<String, String> columnDocs,
    Map<String, List<String>> columnTags,
    Map<String, Location> places) {

  /// A model without settings.
  public static ModelSettings none(Location at, Problems problems) {
    return read(new Settings(new Node.Mapping(at, List.of()), problems));
  }

  /// Reads the settings and notes every problem.
  public static ModelSettings read(Settings settings) {
    Columns columns = Columns.read(settings);
    ModelSettings read =
        new ModelSettings(
            settings.text("description", "").strip(),
            settings.text("owner", ""),
            settings.texts("key"),
            KeyTexts.partition(settings),
            KeyTexts.sort(settings),
            settings.duration("fresh"),
            settings.items("checks"),
            refresh(settings),
            materialize(settings),
            lookback(settings),
            HistorySettings.read(settings),
            settings.texts("tags"),
            columns.docs,
            columns.tags,
            places(settings));
    refuseWhatClashes(settings, read);
    settings.done();
    return read;
  }

  /// Where a key stands, or the model itself.
  public Location at(String key) {
    return places.getOrDefault(key, places.getOrDefault("", Location.file("")));
  }

  /// The columns that name a row of the table; empty when none do.
  public List<String> rowKey() {
    return materialize == Materialize.SNAPSHOT ? HistorySettings.rowKey(key) : key;
  }

  private static Optional<Lookback> lookback(Settings settings) {
    return Lookback.read(
        settings, KeyTexts.partition(settings), materialize(settings), refresh(settings));
  }

  private static RefreshChoice refresh(Settings settings) {
    return settings.choice("refresh", RefreshChoice.class).orElse(RefreshChoice.AUTO);
  }

  private static Materialize materialize(Settings settings) {
    return settings.choice("materialize", Materialize.class).orElse(Materialize.TABLE);
  }

  private static void refuseWhatClashes(Settings settings, ModelSettings read) {
    if (read.refresh == RefreshChoice.INCREMENTAL && read.materialize == Materialize.VIEW) {
      settings.problem("refresh", "a view holds no rows to refresh", "remove refresh");
    }
    HistorySettings.judge(settings, read.materialize, read.refresh);
    if (read.materialize == Materialize.VIEW && !read.partition.isEmpty()) {
      settings.problem(
          "partition", "a view has no partitions", "remove partition, or write materialize: table");
    }
  }

  private static Map<String, Location> places(Settings settings) {
    Map<String, Location> places = new LinkedHashMap<>();
    places.put("", settings.at());
    settings.entries().forEach(entry -> places.put(entry.key(), entry.value().at()));
    return Map.copyOf(places);
  }

  private record Columns(Map<String, String> docs, Map<String, List<String>> tags) {

    static Columns read(Settings settings) {
      Map<String, String> docs = new LinkedHashMap<>();
      Map<String, List<String>> tags = new LinkedHashMap<>();
      settings
          .block("columns")
          .ifPresent(block -> {
            for (Node.Entry entry : block.entries()) {
              block.has(entry.key());
              readOne(entry, settings.problems(), docs, tags);
            }
          });
      return new Columns(Map.copyOf(docs), Map.copyOf(tags));
    }

    private static void readOne(
        Node.Entry entry,
        Problems problems,
        Map<String, String> docs,
        Map<String, List<String>> tags) {
      if (entry.value() instanceof Node.Scalar text) {
        docs.put(entry.key(), text.text());
        return;
      }
      Settings column = Settings.block(entry.value(), problems);
      docs.put(entry.key(), column.text("description", ""));
      tags.put(entry.key(), column.texts("tags"));
      column.done();
    }
  }
}
