package dev.tarn.ingest.files;

import dev.tarn.vocabulary.Suggestions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How a file's bytes become rows.
public enum Format {
  CSV,
  TSV,
  JSON,
  NDJSON,
  XML,
  PARQUET,
  FIXED,
  TEXT;

  private static final List<String> LATER = List.of("avro", "orc", "excel", "xlsx", "xls");
  private static final Map<String, Format> BY_EXTENSION =
      Map.ofEntries(
          Map.entry("csv", CSV),
          Map.entry("tsv", TSV),
          Map.entry("tab", TSV),
          Map.entry("json", JSON),
          Map.entry("geojson", JSON),
          Map.entry("ndjson", NDJSON),
          Map.entry("jsonl", NDJSON),
          Map.entry("xml", XML),
          Map.entry("parquet", PARQUET),
          Map.entry("pq", PARQUET),
          Map.entry("txt", TEXT),
          Map.entry("text", TEXT),
          Map.entry("log", TEXT));

  /// The format that a person calls so.
  public static Optional<Format> named(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return wanted.equals("jsonl")
        ? Optional.of(NDJSON)
        : Arrays.stream(values()).filter(format -> format.text().equals(wanted)).findFirst();
  }

  /// The format that a file's name tells, whatever it is packed with.
  static Optional<Format> ofName(String name) {
    String plain = Packing.unpackedName(name);
    int dot = plain.lastIndexOf('.');
    return Optional.ofNullable(BY_EXTENSION.get(plain.substring(dot + 1).toLowerCase(Locale.ROOT)));
  }

  /// What is wrong with a name that is no format.
  public static String unknown(String name) {
    return LATER.contains(name.toLowerCase(Locale.ROOT))
        ? "files of the format '" + name + "' can't be read yet"
        : "'" + name + "' is not a format";
  }

  /// What to write instead.
  public static String choices(String name) {
    List<String> names = Arrays.stream(values()).map(Format::text).toList();
    return Suggestions.nearest(name, names)
        .filter(_ -> !LATER.contains(name.toLowerCase(Locale.ROOT)))
        .map(near -> "did you mean '" + near + "'?")
        .orElse("one of: " + String.join(", ", names));
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether bytes are text in some encoding.
  boolean isText() {
    return this != PARQUET && this != XML;
  }
}
