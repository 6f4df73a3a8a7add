package dev.tarn.ingest.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The dialects of a source's CSV and TSV files: told once, from the first file with anything in
/// it, then the same for all. They are kept with the table, for as long as the source's own
/// settings stay as they are.
final class Dialects {
  private static final String PROPERTY = "tarn.source.dialect.";

  private final DialectSniffer sniffer;
  private final String settings;
  private final Map<String, CsvDialect> known = new HashMap<>();

  /// @param properties of the table, from earlier landings
  Dialects(CsvOptions options, int skip, Map<String, String> properties) {
    this.sniffer = new DialectSniffer(options, skip);
    this.settings = Integer.toHexString((options + " " + skip).hashCode());
    for (String kind : new String[] {"csv", "tsv"}) {
      Optional.ofNullable(properties.get(PROPERTY + kind))
          .filter(text -> text.startsWith(settings + " "))
          .flatMap(text -> CsvDialect.parse(text.substring(settings.length() + 1)))
          .ifPresent(dialect -> known.put(kind, dialect));
    }
  }

  synchronized CsvDialect of(Path file, boolean tabs) throws IOException {
    String kind = tabs ? "tsv" : "csv";
    CsvDialect dialect = known.get(kind);
    if (dialect != null) {
      return dialect;
    }
    CsvDialect sniffed = sniffer.sniff(file, tabs);
    if (Files.size(file) > 0) {
      known.put(kind, sniffed);
    }
    return sniffed;
  }

  /// What to keep with the table.
  synchronized Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>();
    known.forEach(
        (kind, dialect) -> properties.put(PROPERTY + kind, settings + " " + dialect.text()));
    return properties;
  }
}
