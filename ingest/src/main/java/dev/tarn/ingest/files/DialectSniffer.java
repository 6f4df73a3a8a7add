package dev.tarn.ingest.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Tells a CSV file's dialect from its first quarter of a megabyte: of the ways to read it, the one
/// under which the most records have the same number of fields, and the most of them.
final class DialectSniffer {
  private static final int SAMPLE = 1 << 18;
  private static final int RECORDS = 500;
  private static final List<Character> DELIMITERS = List.of(',', '\t', ';', '|');
  private static final double CLEARLY_BETTER = 0.05;

  /// A number, or a date or time that begins with digits: no name of a column.
  private static final Pattern VALUE =
      Pattern.compile(
          "[-+]?[\\d.,]*\\d[\\d.,]*(?:[eE][-+]?\\d+)?%?|\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}.*|\\d{1,2}:\\d{2}.*");

  private final CsvOptions options;
  private final int skip;

  DialectSniffer(CsvOptions options, int skip) {
    this.options = options;
    this.skip = skip;
  }

  CsvDialect sniff(Path file, boolean tabs) throws IOException {
    byte[] sample;
    try (InputStream in = Files.newInputStream(file)) {
      sample = in.readNBytes(SAMPLE);
    }
    List<Character> delimiters =
        options
            .delimiter()
            .map(text -> List.of(text.charAt(0)))
            .orElse(tabs ? List.of('\t') : DELIMITERS);
    Optional<Verdict> best = Optional.empty();
    for (char delimiter : delimiters) {
      for (Optional<Character> escape : escapes(sample)) {
        Verdict verdict = judge(sample, dialect(delimiter, escape));
        if (best.isEmpty() || verdict.betterThan(best.get())) {
          best = Optional.of(verdict);
        }
      }
    }
    CsvDialect dialect = best.orElseThrow().dialect();
    return dialect.withHeader(options.header().orElseGet(() -> header(sample, dialect)));
  }

  private CsvDialect dialect(char delimiter, Optional<Character> escape) {
    Optional<Character> quote =
        options
            .quote()
            .map(text -> text.isEmpty() ? Optional.<Character>empty() : Optional.of(text.charAt(0)))
            .orElse(Optional.of('"'));
    return new CsvDialect(
        delimiter,
        quote,
        escape.or(() -> quote),
        true,
        options.comment().map(text -> text.charAt(0)));
  }

  private List<Optional<Character>> escapes(byte[] sample) {
    if (options.escape().isPresent()) {
      return List.of(options.escape().filter(text -> !text.isEmpty()).map(text -> text.charAt(0)));
    }
    for (int i = 0; i + 1 < sample.length; i++) {
      if (sample[i] == '\\' && sample[i + 1] == '"') {
        return List.of(Optional.empty(), Optional.of('\\'));
      }
    }
    return List.of(Optional.empty());
  }

  /// How well a dialect explains a sample.
  private record Verdict(CsvDialect dialect, double share, int fields) {
    boolean betterThan(Verdict other) {
      if ((fields > 1) != (other.fields > 1)) {
        return fields > 1 && share > 0.5;
      }
      if (Math.abs(share - other.share) > CLEARLY_BETTER) {
        return share > other.share;
      }
      return fields > other.fields;
    }
  }

  private Verdict judge(byte[] sample, CsvDialect dialect) throws IOException {
    Map<Integer, Integer> counts = new HashMap<>();
    int records = 0;
    try (CsvScanner scanner = scanner(sample, dialect)) {
      while (records < RECORDS && scanner.next()) {
        boolean cutOff = sample.length == SAMPLE && scanner.offset() >= sample.length;
        if (!scanner.blank() && !scanner.comment() && !cutOff) {
          records++;
          if (scanner.fault(scanner.fields()).isEmpty()) {
            counts.merge(scanner.fields(), 1, Integer::sum);
          }
        }
      }
    }
    int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    int fields =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() == most)
            .mapToInt(Map.Entry::getKey)
            .max()
            .orElse(1);
    return new Verdict(dialect, records == 0 ? 0 : (double) most / records, fields);
  }

  private CsvScanner scanner(byte[] sample, CsvDialect dialect) throws IOException {
    CsvScanner scanner = new CsvScanner(new ByteArrayInputStream(sample), dialect, SAMPLE);
    for (int i = 0; i < skip; i++) {
      scanner.skipLine();
    }
    return scanner;
  }

  /// The first record names the columns unless one of its values is a number, a date or a time.
  private boolean header(byte[] sample, CsvDialect dialect) {
    try (CsvScanner scanner = scanner(sample, dialect)) {
      while (scanner.next()) {
        if (!scanner.blank() && !scanner.comment()) {
          List<String> names = new ArrayList<>();
          scanner.values().forEach(field -> names.add(field.text().strip()));
          boolean named = names.stream().anyMatch(name -> !name.isEmpty());
          return named && names.stream().noneMatch(name -> VALUE.matcher(name).matches());
        }
      }
      return true;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
