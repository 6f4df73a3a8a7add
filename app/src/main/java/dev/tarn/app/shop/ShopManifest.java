package dev.tarn.app.shop;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/// What a generated shop consists of: per source its files, readable rows and bytes before
/// compression, the dirt of each kind, and the figures that cleaned data must show.
public record ShopManifest(
    long seed,
    double scale,
    Map<String, Long> files,
    Map<String, Long> rows,
    Map<String, Long> bytes,
    Map<Dirt, Long> dirt,
    Map<String, Long> truth) {

  public ShopManifest {
    files = Collections.unmodifiableMap(new TreeMap<>(files));
    rows = Collections.unmodifiableMap(new TreeMap<>(rows));
    bytes = Collections.unmodifiableMap(new TreeMap<>(bytes));
    truth = Collections.unmodifiableMap(new TreeMap<>(truth));
    var byKind = new EnumMap<Dirt, Long>(Dirt.class);
    byKind.putAll(dirt);
    dirt = Collections.unmodifiableMap(byKind);
  }

  /// How often this dirt is in the data.
  public long count(Dirt kind) {
    return dirt.getOrDefault(kind, 0L);
  }

  /// The size of all files together, before compression.
  public long totalBytes() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }

  /// This manifest as the JSON document that lies beside the data.
  public String toJson() {
    var json = new StringJoiner(",\n", "{\n", "\n}\n");
    json.add("  \"seed\": " + seed);
    json.add("  \"scale\": " + scale);
    json.add(object("files", files));
    json.add(object("rows", rows));
    json.add(object("bytes", bytes));
    json.add(object("truth", truth));
    json.add(dirtJson());
    return json.toString();
  }

  private static String object(String name, Map<String, Long> values) {
    var json = new StringJoiner(",\n", "  \"" + name + "\": {\n", "\n  }");
    values.forEach((key, value) -> json.add("    \"" + key + "\": " + value));
    return json.toString();
  }

  private String dirtJson() {
    var json = new StringJoiner(",\n", "  \"dirt\": [\n", "\n  ]");
    for (var kind : Dirt.values()) {
      json.add(
          "    {\"kind\": \"%s\", \"source\": \"%s\", \"count\": %d, \"what\": \"%s\"}"
              .formatted(kind, kind.source(), count(kind), kind.description()));
    }
    return json.toString();
  }
}
