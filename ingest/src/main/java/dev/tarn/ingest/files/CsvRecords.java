package dev.tarn.ingest.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The data records of one CSV file: what stands before them, the header, comments and blank lines
/// are passed over.
final class CsvRecords implements AutoCloseable {
  private final CsvScanner scanner;
  private final CsvDialect dialect;
  private final List<String> names;
  private final boolean plainStart;
  private boolean peeked;
  private boolean single;

  /// @param skip lines before header and data
  /// @param given names to use instead of the header's, or when there is no header
  CsvRecords(Path file, CsvDialect dialect, int skip, List<String> given, long longest)
      throws IOException {
    this.dialect = dialect;
    this.scanner = new CsvScanner(Files.newInputStream(file), dialect, longest);
    boolean atStart = scanner.offset() == 0;
    for (int i = 0; i < skip; i++) {
      scanner.skipLine();
    }
    this.peeked = record();
    this.plainStart = atStart && skip == 0 && peeked && scanner.line() == 1;
    List<String> first =
        peeked && scanner.fault(scanner.fields()).isEmpty() ? headerOrCount() : List.of();
    if (dialect.header()) {
      peeked = false;
    }
    this.names = unique(given.isEmpty() ? first : given);
    this.single = names.size() == 1;
  }

  private List<String> headerOrCount() {
    List<String> found = new ArrayList<>();
    for (CsvFields.Field field : scanner.values()) {
      String name = dialect.header() ? field.text().strip() : "";
      found.add(name.isEmpty() ? "column_" + (found.size() + 1) : name);
    }
    return found;
  }

  /// The columns' names, each once.
  List<String> names() {
    return names;
  }

  /// Whether a reader that knows of headers only, at the very start, finds the data.
  boolean plainStart() {
    return plainStart;
  }

  /// Goes to the next data record, good or not.
  boolean next() throws IOException {
    if (peeked) {
      peeked = false;
      return true;
    }
    return record();
  }

  private boolean record() throws IOException {
    while (scanner.next()) {
      boolean empty = scanner.blank() && !single;
      if (!scanner.comment() && !empty) {
        return true;
      }
    }
    return false;
  }

  CsvScanner scanner() {
    return scanner;
  }

  Optional<String> fault() {
    return scanner.fault(names.size());
  }

  /// Names that differ by more than case, and from the columns that every bronze table has.
  static List<String> unique(List<String> names) {
    Set<String> seen = new HashSet<>(Provenance.NAMES);
    List<String> unique = new ArrayList<>();
    for (String name : names) {
      String candidate = name;
      for (int i = 2; !seen.add(candidate.toLowerCase(Locale.ROOT)); i++) {
        candidate = name + "_" + i;
      }
      unique.add(candidate);
    }
    return unique;
  }

  @Override
  public void close() throws IOException {
    scanner.close();
  }
}
