package dev.tarn.ingest.files;

import dev.tarn.ingest.files.RejectedLines.Rejected;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Type.Primitive;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/// Judges every record of a CSV file before the engine reads it. A file without fault is read where
/// it is; otherwise its good records are copied, those that readers differ over are written
/// plainly, and the others are kept aside.
final class CsvPreparation {
  private static final int CHUNK = 1 << 18;
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
    Tally tally = judge(plain);
    if (tally.names.size() > limits.columns()) {
      throw Failure.data(
          "'" + label + "' has " + tally.names.size() + " columns, more than " + limits.columns(),
          "if it is meant to be so, raise  limits: {max_columns: …}");
    }
    boolean asItIs = tally.plainStart && tally.odd == 0 && tally.bad == 0 && !tally.cut;
    boolean unquotable = tally.odd > 0 && dialect.quote().isEmpty();
    Path readable = plain;
    if (!asItIs) {
      readable =
          unquotable
              ? plainest(plain, label, Optional.of(rejects))
              : rewrite(plain, label, rejects, tally.lineEnd);
    }
    Reading reading =
        new Reading.Csv(
            dialect.withHeader(false),
            tally.lineEnd,
            asItIs && dialect.header(),
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
        prepared -> prepared.reading(plainest(plain, label, Optional.empty()), plainest));
  }

  /// What one pass over a file found.
  private static final class Tally {
    List<String> names = List.of();
    LineEnd lineEnd = LineEnd.NONE;
    boolean plainStart;
    boolean cut;
    long good;
    long odd;
    long bad;
    long longest;
  }

  private CsvRecords records(Path plain) throws IOException {
    return new CsvRecords(plain, dialect, skip, given, limits.lineBytes());
  }

  private Tally judge(Path plain) throws IOException {
    Tally tally = new Tally();
    try (CsvRecords records = records(plain)) {
      CsvScanner scanner = records.scanner();
      tally.names = records.names();
      tally.plainStart = records.plainStart();
      while (records.next()) {
        tally.longest = Math.max(tally.longest, scanner.bytes());
        if (records.fault().isPresent()) {
          tally.bad++;
        } else {
          tally.good++;
          // A single column's blank line is a row without a value, which not every reader sees.
          tally.odd += scanner.odd() || scanner.blank() ? 1 : 0;
        }
      }
      tally.cut = records.cut();
      tally.lineEnd = scanner.firstLineEnd();
    }
    return tally;
  }

  private Path rewrite(Path plain, String label, RejectedLines rejects, LineEnd lineEnd)
      throws IOException {
    Path target = raw.scratch(".csv");
    byte[] newLine =
        (lineEnd.text.isEmpty() ? "\n" : lineEnd.text).getBytes(StandardCharsets.US_ASCII);
    try (CsvRecords records = records(plain);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), CHUNK)) {
      CsvScanner scanner = records.scanner();
      while (records.next()) {
        Optional<String> fault = records.fault();
        if (fault.isPresent()) {
          rejects.add(
              new Rejected(
                  label, scanner.line(), "", scanner.shown(), scanner.bytes(), fault.get()));
        } else if (scanner.odd() || scanner.blank()) {
          out.write(plainly(scanner.values()).getBytes(StandardCharsets.UTF_8));
          out.write(newLine);
        } else {
          out.write(scanner.buffer(), scanner.start(), scanner.end() - scanner.start());
          out.write(newLine);
        }
      }
    }
    return target;
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
  private Path plainest(Path plain, String label, Optional<RejectedLines> rejects)
      throws IOException {
    Path target = raw.scratch(".csv");
    try (CsvRecords records = records(plain);
        PlainCsv out = new PlainCsv(target)) {
      CsvScanner scanner = records.scanner();
      while (records.next()) {
        Optional<String> fault = records.fault();
        if (fault.isEmpty()) {
          for (CsvFields.Field field : scanner.values()) {
            out.value(
                !field.quoted() && nulls.contains(field.text())
                    ? Optional.empty()
                    : Optional.of(field.text()));
          }
          out.endRow();
        } else {
          rejects.ifPresent(lines ->
              lines.add(
                  new Rejected(
                      label, scanner.line(), "", scanner.shown(), scanner.bytes(), fault.get())));
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
