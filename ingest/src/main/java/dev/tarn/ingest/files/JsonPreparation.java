package dev.tarn.ingest.files;

import dev.tarn.ingest.files.RejectedLines.Rejected;
import dev.tarn.vocabulary.Column;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Judges JSON row by row and finds its shape. NDJSON without fault is read where it is; documents
/// are first taken apart into one row a line.
final class JsonPreparation {
  private static final int CHUNK = 1 << 18;
  private static final int LOOK = 1 << 16;
  private static final CsvDialect LINES =
      new CsvDialect('\n', Optional.empty(), Optional.empty(), false, Optional.empty());

  private final RawStore raw;
  private final List<String> way;
  private final int skip;
  private final Limits limits;

  /// @param way the names that lead to the list of rows within the document
  JsonPreparation(RawStore raw, List<String> way, int skip, Limits limits) {
    this.raw = raw;
    this.way = way;
    this.skip = skip;
    this.limits = limits;
  }

  /// A file that may be one document, or one object a line.
  Prepared document(int file, String label, Path plain, RejectedLines rejects) throws IOException {
    if (way.isEmpty() && isObjectALine(plain)) {
      return lines(file, label, plain, rejects);
    }
    Path rows = raw.scratch(".ndjson");
    long bytes = Files.size(plain);
    Optional<String> wrong = JsonElements.write(plain, rows, way, limits.lineBytes());
    wrong.ifPresent(reason -> rejects.add(new Rejected(label, 0, "", "", bytes, reason)));
    Prepared prepared = lines(file, label, rows, rejects);
    return wrong.isPresent() ? prepared.rejecting(1) : prepared;
  }

  private static boolean isObjectALine(Path plain) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(plain)) {
      start = in.readNBytes(LOOK);
    }
    int end = 0;
    while (end < start.length && start[end] != '\n') {
      end++;
    }
    return end < start.length
        && new JsonScanner().object(start, 0, end, JsonShape.root()).isEmpty();
  }

  /// One object a line.
  Prepared lines(int file, String label, Path plain, RejectedLines rejects) throws IOException {
    Judgement judgement = judge(plain, label, Optional.of(rejects), Set.of());
    Set<Long> bad = judgement.bad;
    JsonShape shape =
        judgement.lasting ? judge(plain, label, Optional.empty(), bad).shape : judgement.shape;
    Path readable = judgement.asItIs ? judgement.copy.orElse(plain) : copy(plain, bad);
    Reading reading = new Reading.Ndjson(Math.max(16_777_216, judgement.longest * 2));
    return new Prepared(
        file,
        label,
        shape.columns(),
        Optional.of(shape),
        readable,
        reading,
        judgement.good,
        bad.size(),
        () -> walk(plain, bad),
        prepared -> prepared);
  }

  /// Writes a file anew where reading it as `columns` needs that.
  Prepared fitted(Prepared prepared, List<Column> columns) throws IOException {
    JsonShape shape = prepared.shape().orElseThrow();
    if (!shape.needsRewriting(columns)) {
      return prepared.withColumns(columns);
    }
    Path target = raw.scratch(".ndjson");
    try (CsvScanner lines = open(prepared.readable(), 0);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), CHUNK)) {
      JsonRewriter rewriter = new JsonRewriter(out);
      while (lines.next()) {
        if (!isBlank(lines)) {
          rewriter.object(lines.buffer(), lines.start(), lines.end(), columns, shape);
        }
      }
    }
    return prepared
        .withColumns(columns)
        .reading(target, new Reading.Ndjson(Math.max(16_777_216, limits.lineBytes() * 4)));
  }

  /// What one pass over the lines found.
  private static final class Judgement {
    final JsonShape shape = JsonShape.root();
    final Set<Long> bad = new HashSet<>();
    Optional<Path> copy = Optional.empty();
    boolean asItIs;
    boolean lasting;
    long good;
    long longest;
  }

  private CsvScanner open(Path file, int skipped) throws IOException {
    CsvScanner lines = new CsvScanner(Files.newInputStream(file), LINES, limits.lineBytes() * 4);
    for (int i = 0; i < skipped; i++) {
      lines.skipLine();
    }
    return lines;
  }

  /// Without `rejects` the shape alone is wanted; bad lines are then known.
  private Judgement judge(
      Path plain, String label, Optional<RejectedLines> rejects, Set<Long> known)
      throws IOException {
    Judgement judgement = new Judgement();
    JsonScanner scanner = new JsonScanner();
    try (CsvScanner lines = open(plain, skip);
        PatchedCopy copy = new PatchedCopy(plain, () -> raw.scratch(".ndjson"))) {
      judgement.asItIs = lines.offset() == 0;
      while (lines.next()) {
        if (!isBlank(lines) && !known.contains(lines.line())) {
          Optional<String> fault = fault(lines, scanner, judgement.shape);
          if (fault.isPresent()) {
            judgement.bad.add(lines.line());
            rejects.ifPresent(kept -> kept.add(rejected(label, lines, fault.get())));
            copy.leaveOut(lines.began(), lines.offset());
          } else {
            judgement.good++;
            judgement.longest = Math.max(judgement.longest, lines.bytes());
          }
          judgement.asItIs &= !lines.odd() && lines.lineEnd() != LineEnd.CR;
        }
      }
      judgement.copy = copy.finish();
    }
    judgement.lasting = scanner.lasting();
    return judgement;
  }

  private static Rejected rejected(String label, CsvScanner lines, String why) {
    return new Rejected(label, lines.line(), "", lines.shown(), lines.bytes(), why);
  }

  private Optional<String> fault(CsvScanner lines, JsonScanner scanner, JsonShape shape) {
    Optional<String> fault = lines.fault(1);
    if (fault.isEmpty() && lines.bytes() > limits.lineBytes()) {
      fault = Optional.of("the object is longer than " + limits.lineBytes() + " bytes");
    }
    return fault.isPresent()
        ? fault
        : scanner.object(lines.buffer(), lines.start(), lines.end(), shape);
  }

  private static boolean isBlank(CsvScanner lines) {
    for (int i = lines.start(); i < lines.end(); i++) {
      byte b = lines.buffer()[i];
      if (b != ' ' && b != '\t') {
        return false;
      }
    }
    return true;
  }

  private Path copy(Path plain, Set<Long> bad) throws IOException {
    Path target = raw.scratch(".ndjson");
    try (CsvScanner lines = open(plain, skip);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), CHUNK)) {
      while (lines.next()) {
        if (!isBlank(lines) && !bad.contains(lines.line())) {
          out.write(lines.buffer(), lines.start(), lines.end() - lines.start());
          out.write('\n');
        }
      }
    }
    return target;
  }

  private Prepared.Walk walk(Path plain, Set<Long> bad) throws IOException {
    CsvScanner lines = open(plain, skip);
    return new ScannerWalk(lines) {
      @Override
      public boolean next() throws IOException {
        while (lines.next()) {
          if (!isBlank(lines) && !bad.contains(lines.line())) {
            return true;
          }
        }
        return false;
      }
    };
  }
}
