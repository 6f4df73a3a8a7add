package dev.tarn.ingest.files;

import dev.tarn.ingest.files.RejectedLines.Rejected;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Type.Primitive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/// Judges every record of a CSV file before the engine reads it. A file without fault is read where
/// it is; otherwise its good records are copied, those that readers differ over are written
/// plainly, and the others are kept aside.
final class CsvPreparation {
  private static final long ENGINE_LINE_BYTES = 2_000_000;

  private final RawStore raw;
  private final CsvDialect dialect;
  private final int skip;
  private final List<String> given;
  private final List<String> nulls;
  private final Limits limits;

  /// @param given the columns' names, when they don't come from the file
  CsvPreparation(
      RawStore raw,
      CsvDialect dialect,
      int skip,
      List<String> given,
      List<String> nulls,
      Limits limits) {
    this.raw = raw;
    this.dialect = dialect;
    this.skip = skip;
    this.given = given;
    this.nulls = nulls;
    this.limits = limits;
  }

  Prepared prepare(int file, String label, Path plain, RejectedLines rejects) throws IOException {
    Tally tally = judge(plain, label, rejects);
    // What readers differ over can't be written plainly where nothing can be quoted.
    boolean unquotable = tally.odd > 0 && dialect.quote().isEmpty();
    Path readable = unquotable ? plainest(plain) : tally.copy.orElse(plain);
    Reading reading =
        new Reading.Csv(
            dialect.withHeader(false),
            tally.lineEnd,
            tally.headed,
            nulls,
            tally.names,
            Math.max(ENGINE_LINE_BYTES, Long.highestOneBit(tally.longest) * 2 + 64));
    List<Column> columns =
        tally.names.stream().map(name -> Column.of(name, Primitive.VARCHAR)).toList();
    Reading plainest = Reading.plainestCsv(tally.names, limits.lineBytes() * 2 + ENGINE_LINE_BYTES);
    return new Prepared(
        file,
        label,
        columns,
        Optional.empty(),
        readable,
        unquotable ? plainest : reading,
        tally.good,
        tally.bad,
        () -> walk(plain),
        prepared -> prepared.reading(plainest(plain), plainest));
  }

  /// What one pass over a file found.
  private static final class Tally {
    List<String> names = List.of();
    boolean headed;
    LineEnd lineEnd = LineEnd.NONE;
    Optional<Path> copy = Optional.empty();
    long good;
    long odd;
    long bad;
    long longest;
  }

  private CsvRecords records(Path plain) throws IOException {
    return new CsvRecords(plain, dialect, skip, given, limits.lineBytes());
  }

  /// What the engine would not read as we do is left out of a copy, or written plainly there.
  private Tally judge(Path plain, String label, RejectedLines rejects) throws IOException {
    Tally tally = new Tally();
    try (CsvRecords records = records(plain);
        PatchedCopy copy = new PatchedCopy(plain, () -> raw.scratch(".csv"))) {
      CsvScanner scanner = records.scanner();
      tally.names = records.names();
      notTooMany(tally.names, label);
      tally.headed = dialect.header() && records.plainStart();
      long from = tally.headed ? scanner.offset() : 0;
      while (records.next()) {
        copy.leaveOut(from, scanner.began());
        from = scanner.offset();
        tally.longest = Math.max(tally.longest, scanner.bytes());
        Optional<String> fault = records.fault();
        if (fault.isPresent()) {
          tally.bad++;
          rejects.add(rejected(label, scanner, fault.get()));
          copy.leaveOut(scanner.began(), from);
        } else {
          tally.good++;
          // A single column's blank line is a row without a value, which not every reader sees.
          if (scanner.odd() || scanner.blank()) {
            tally.odd++;
            copy.replace(scanner.began(), from, plainly(scanner));
          }
        }
      }
      copy.leaveOut(from, scanner.offset());
      tally.copy = copy.finish();
      tally.lineEnd = scanner.firstLineEnd();
    }
    return tally;
  }

  private void notTooMany(List<String> names, String label) {
    if (names.size() > limits.columns()) {
      throw Failure.data(
          "'" + label + "' has " + names.size() + " columns, more than " + limits.columns(),
          "if it is meant to be so, raise  limits: {max_columns: …}");
    }
  }

  private static Rejected rejected(String label, CsvScanner scanner, String why) {
    return new Rejected(label, scanner.line(), "", scanner.shown(), scanner.bytes(), why);
  }

  private byte[] plainly(CsvScanner scanner) {
    String lineEnd = scanner.firstLineEnd().text;
    return (plainly(scanner.values()) + (lineEnd.isEmpty() ? "\n" : lineEnd))
        .getBytes(StandardCharsets.UTF_8);
  }

  private String plainly(List<CsvFields.Field> values) {
    StringJoiner record = new StringJoiner(String.valueOf(dialect.delimiter()));
    for (CsvFields.Field field : values) {
      boolean bare =
          !field.quoted()
              && (field.text().isEmpty() || nulls.contains(field.text()) || simple(field.text()));
      record.add(bare ? field.text() : quoted(field.text()));
    }
    return record.toString();
  }

  private static boolean simple(String text) {
    return text.chars().allMatch(c -> Character.isLetterOrDigit(c) || "_-.:+".indexOf(c) >= 0);
  }

  private String quoted(String text) {
    String quote = dialect.quote().map(String::valueOf).orElse("");
    String escape = dialect.escape().map(String::valueOf).orElse(quote);
    String escaped = escape.equals(quote) ? text : text.replace(escape, escape + escape);
    return quote + escaped.replace(quote, escape + quote) + quote;
  }

  /// All good records in the one form that every reader understands alike: commas, and quotes
  /// around every value.
  private Path plainest(Path plain) throws IOException {
    Path target = raw.scratch(".csv");
    try (CsvRecords records = records(plain);
        PlainCsv out = new PlainCsv(target)) {
      CsvScanner scanner = records.scanner();
      while (records.next()) {
        if (records.fault().isEmpty()) {
          for (CsvFields.Field field : scanner.values()) {
            out.value(
                !field.quoted() && nulls.contains(field.text())
                    ? Optional.empty()
                    : Optional.of(field.text()));
          }
          out.endRow();
        }
      }
    }
    return target;
  }

  private Prepared.Walk walk(Path plain) throws IOException {
    CsvRecords records = records(plain);
    CsvScanner scanner = records.scanner();
    return new ScannerWalk(scanner) {
      @Override
      public boolean next() throws IOException {
        while (records.next()) {
          if (records.fault().isEmpty()) {
            return true;
          }
        }
        return false;
      }
    };
  }
}
