package dev.tarn.ingest.files;

import dev.tarn.ingest.Contract;
import dev.tarn.ingest.ContractColumn;
import dev.tarn.ingest.files.RejectedLines.Rejected;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Type.Primitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads files whose lines are the rows: plain text, and fields of fixed width. Widths count
/// characters; what pads a field is taken off, and a field of nothing but padding has no value.
final class LinePreparation {
  private static final String LINE = "line";

  private final RawStore raw;
  private final Contract contract;
  private final boolean fixed;
  private final int skip;
  private final Limits limits;

  LinePreparation(RawStore raw, Contract contract, boolean fixed, int skip, Limits limits) {
    this.raw = raw;
    this.contract = contract;
    this.fixed = fixed;
    this.skip = skip;
    this.limits = limits;
  }

  Prepared prepare(int file, String label, Path plain, RejectedLines rejects) throws IOException {
    Path target = raw.scratch(".csv");
    long rows = 0;
    long rejected = 0;
    try (CsvScanner lines = open(plain);
        PlainCsv out = new PlainCsv(target)) {
      while (lines.next()) {
        Optional<String> fault = fault(lines);
        if (fault.isPresent()) {
          rejected++;
          rejects.add(
              new Rejected(label, lines.line(), "", lines.shown(), lines.bytes(), fault.get()));
        } else {
          rows++;
          for (Optional<String> value : values(text(lines))) {
            out.value(value);
          }
          out.endRow();
        }
      }
    }
    List<String> names = names();
    Reading reading = Reading.plainestCsv(names, limits.lineBytes() * 2 + 2_000_000);
    return new Prepared(
        file,
        label,
        names.stream().map(name -> Column.of(name, Primitive.VARCHAR)).toList(),
        Optional.empty(),
        target,
        reading,
        rows,
        rejected,
        () -> walk(plain),
        prepared -> prepared);
  }

  List<String> names() {
    return fixed
        ? contract.columns().stream().map(ContractColumn::sourceName).toList()
        : List.of(LINE);
  }

  /// Lines are records of a CSV whose delimiter no line has.
  private CsvScanner open(Path plain) throws IOException {
    CsvDialect whole =
        new CsvDialect('\n', Optional.empty(), Optional.empty(), false, Optional.empty());
    CsvScanner lines = new CsvScanner(Files.newInputStream(plain), whole, limits.lineBytes());
    for (int i = 0; i < skip; i++) {
      lines.skipLine();
    }
    return lines;
  }

  private Optional<String> fault(CsvScanner lines) {
    return lines.fault(1).or(() -> fixed ? misfit(text(lines)) : Optional.empty());
  }

  private static String text(CsvScanner lines) {
    return new String(
        lines.buffer(),
        lines.start(),
        lines.end() - lines.start(),
        java.nio.charset.StandardCharsets.UTF_8);
  }

  private Optional<String> misfit(String line) {
    int characters = line.codePointCount(0, line.length());
    int lastStart = 0;
    int end = 0;
    int at = 0;
    for (ContractColumn column : contract.columns()) {
      int start = column.start().map(one -> one - 1).orElse(at);
      at = start + column.width().orElse(0);
      lastStart = Math.max(lastStart, start);
      end = Math.max(end, at);
    }
    if (characters <= lastStart && !(characters == 0 && lastStart == 0)) {
      return Optional.of(
          "it has " + characters + " characters, and its last field begins after " + lastStart);
    }
    return characters > end && !line.substring(line.offsetByCodePoints(0, end)).isBlank()
        ? Optional.of("it has " + characters + " characters, and its last field ends after " + end)
        : Optional.empty();
  }

  private List<Optional<String>> values(String line) {
    if (!fixed) {
      return List.of(Optional.of(line));
    }
    int[] characters = line.codePoints().toArray();
    List<Optional<String>> values = new ArrayList<>();
    int at = 0;
    for (ContractColumn column : contract.columns()) {
      int start = column.start().map(one -> one - 1).orElse(at);
      at = start + column.width().orElse(0);
      int from = Math.min(start, characters.length);
      String value = new String(characters, from, Math.min(at, characters.length) - from).strip();
      values.add(value.isEmpty() ? Optional.empty() : Optional.of(value));
    }
    return values;
  }

  private Prepared.Walk walk(Path plain) throws IOException {
    CsvScanner lines = open(plain);
    return new ScannerWalk(lines) {
      @Override
      public boolean next() throws IOException {
        while (lines.next()) {
          if (fault(lines).isEmpty()) {
            return true;
          }
        }
        return false;
      }
    };
  }
}
