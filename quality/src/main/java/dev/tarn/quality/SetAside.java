package dev.tarn.quality;

import dev.tarn.engine.EngineSession;
import dev.tarn.lake.FieldNode;
import dev.tarn.lake.Matching;
import dev.tarn.lake.Scan;
import dev.tarn.lake.ScanFile;
import dev.tarn.lake.WrittenFile;
import dev.tarn.vocabulary.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/// The rows that a screen kept out of a table while it was written, in files that go with this.
public final class SetAside implements AutoCloseable {
  private final Screen screen;
  private final List<FieldNode> columns;
  private final SortedMap<Long, List<WrittenFile>> files;

  /// @param columns those of the files
  /// @param files by the mark of their rows
  public SetAside(Screen screen, List<FieldNode> columns, Map<Long, List<WrittenFile>> files) {
    this.screen = screen;
    this.columns = List.copyOf(columns);
    this.files = new TreeMap<>(files);
  }

  public TableName table() {
    return screen.table();
  }

  Screen screen() {
    return screen;
  }

  boolean isEmpty() {
    return files.isEmpty();
  }

  Iterable<Long> marks() {
    return files.keySet();
  }

  long rows() {
    return rows(_ -> true);
  }

  /// How many rows fail a check.
  long rows(DeclaredCheck declared) {
    return rows(mark -> screen.fails(mark, declared));
  }

  private long rows(LongPredicate chosen) {
    return files.entrySet().stream()
        .filter(entry -> chosen.test(entry.getKey()))
        .flatMap(entry -> entry.getValue().stream())
        .mapToLong(WrittenFile::rows)
        .sum();
  }

  /// Makes the rows readable, those of each mark under a name of their own.
  void expose(EngineSession session) {
    files.forEach((mark, written) -> session.expose(scan(relation(mark), written)));
  }

  void conceal(EngineSession session) {
    files.keySet().forEach(mark -> session.exposeEmpty(relation(mark), screen.subject().schema()));
  }

  private Scan scan(TableName name, List<WrittenFile> written) {
    List<ScanFile> read =
        written.stream()
            .map(file ->
                new ScanFile(file.path(), file.rows(), file.bytes(), Optional.of(file.crc32c())))
            .toList();
    return new Scan(name, 0, columns, read, Matching.NAMES);
  }

  /// What the rows of one mark are read from.
  TableName relation(long mark) {
    return new TableName(table().layer(), table().name() + "__aside_" + mark);
  }

  /// All rows as a subject of checks.
  Subject subject() {
    return subject(_ -> true);
  }

  /// The rows that fail a check.
  Subject subject(DeclaredCheck declared) {
    return subject(mark -> screen.fails(mark, declared));
  }

  private Subject subject(LongPredicate chosen) {
    String relation =
        files.keySet().stream()
            .filter(chosen::test)
            .map(mark -> "SELECT * FROM " + relation(mark).sql())
            .collect(Collectors.joining(" UNION ALL ", "(", ")"));
    return new Subject(table(), relation, screen.subject().schema(), false);
  }

  @Override
  public void close() {
    List<Path> paths =
        files.values().stream().flatMap(List::stream).map(WrittenFile::path).toList();
    try {
      for (Path path : paths) {
        Files.deleteIfExists(path);
      }
      if (!paths.isEmpty()) {
        Files.deleteIfExists(Objects.requireNonNull(paths.getFirst().getParent()));
      }
    } catch (IOException _) {
      // What stays is an orphan with the run in its path, which a sweep finds.
      return;
    }
  }
}
