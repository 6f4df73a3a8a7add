package dev.tarn.engine.change;

import static java.util.stream.Collectors.joining;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.lake.Amendment;
import dev.tarn.lake.Branch;
import dev.tarn.lake.FieldNode;
import dev.tarn.lake.Scan;
import dev.tarn.lake.ScanFile;
import dev.tarn.lake.WrittenFile;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Takes some rows out of a table and puts others in, as one snapshot on a branch, at a cost that
/// follows the change: of most files only the places of the rows that go are written. Readers see
/// plain Iceberg: data files and position delete files.
public final class RowChanges {
  private static final String LAYER = "tarn_change";
  private static final String REMOVED = "tarn_removed";
  private static final String ROW = "__tarn_row";
  private static final String PLACE_MASK = "((1::BIGINT << 40) - 1)";

  private final EngineSession session;
  private final EngineConnection connection;
  private final Branch branch;
  private final Scan scan;
  private final Map<Integer, Long> removed = new HashMap<>();

  private RowChanges(EngineSession session, EngineConnection connection, Branch branch, Scan scan) {
    this.session = session;
    this.connection = connection;
    this.branch = branch;
    this.scan = scan;
  }

  /// Stages one snapshot; nothing when no row comes or goes. When another program publishes to the
  /// table before the branch does, a change that removes rows is a `Failure` (RETRY).
  ///
  /// @param connection of the session; a temporary table is left on it
  /// @param scan the table as the branch has it now
  /// @param addedSql a query that gives the rows to add, with the table's columns by name
  /// @param removedRowsSql a query of one column that gives the numbers of the rows to remove, as
  ///   [EngineSession#exposeNumbered] gives them for `scan`; a number may come more than once
  public static RowFigures apply(
      EngineSession session,
      EngineConnection connection,
      Branch branch,
      Scan scan,
      Optional<String> addedSql,
      Optional<String> removedRowsSql) {
    RowChanges changes = new RowChanges(session, connection, branch, scan);
    changes.gather(removedRowsSql);
    if (changes.removed.isEmpty() && addedSql.isEmpty()) {
      return RowFigures.NOTHING;
    }
    Amendment amendment = branch.amend(scan, changes.removed);
    boolean done = false;
    try {
      RowFigures figures = changes.write(amendment, addedSql);
      done = figures.any();
      return figures;
    } finally {
      if (!done) {
        branch.abandon(amendment);
      }
    }
  }

  private void gather(Optional<String> sql) {
    String numbers = sql.map(query -> "(\n" + query + "\n)").orElse("(SELECT 0 WHERE false)");
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE "
            + REMOVED
            + " AS SELECT DISTINCT (n >> 40)::INTEGER AS place, n & "
            + PLACE_MASK
            + " AS pos FROM (SELECT n::BIGINT AS n FROM "
            + numbers
            + " AS r(n)) WHERE n IS NOT NULL");
    String counted = "SELECT place, count(*), max(pos) FROM " + REMOVED + " GROUP BY place";
    for (List<?> row : connection.query(counted, Integer.MAX_VALUE).rows()) {
      int place = number(row, 0).intValue();
      if (place >= scan.files().size()
          || number(row, 2).longValue() >= scan.files().get(place).rows()) {
        throw Failure.bug(
            "row %s of file %d of %s is not there".formatted(row.get(2), place, scan.table()),
            new IllegalStateException());
      }
      removed.put(place, number(row, 1).longValue());
    }
  }

  private static Number number(List<?> row, int column) {
    return row.get(column) instanceof Number number ? number : -1;
  }

  private RowFigures write(Amendment amendment, Optional<String> addedSql) {
    TableName kept = name(amendment, "kept");
    long stay = stay(amendment, kept);
    List<WrittenFile> rows = rows(amendment, kept, addedSql);
    long added = rows.stream().mapToLong(WrittenFile::rows).sum() - stay;
    long gone = removed.values().stream().mapToLong(Long::longValue).sum();
    if (added == 0 && gone == 0) {
      return RowFigures.NOTHING;
    }
    List<WrittenFile> lists = lists(amendment);
    branch.stage(amendment, rows, lists, new Amendment.Figures(added, gone));
    List<WrittenFile> all = Stream.concat(rows.stream(), lists.stream()).toList();
    return new RowFigures(
        added, gone, all.stream().mapToLong(WrittenFile::bytes).sum(), all.size());
  }

  /// A name of this change alone: others may be at work in the session.
  private static TableName name(Amendment amendment, String what) {
    String folder = amendment.target().folder().getFileName().toString();
    return new TableName(LAYER, what + "_" + folder.substring(folder.lastIndexOf('-') + 1));
  }

  /// How many rows of the files that are written anew stay.
  private long stay(Amendment amendment, TableName kept) {
    Scan rewritten = amendment.rewritten();
    long live = RowCount.of(session, connection, kept, rewritten);
    return live - amendment.rewrittenFrom().stream().mapToLong(this::goneOf).sum();
  }

  private long goneOf(int place) {
    return removed.getOrDefault(place, 0L);
  }

  private List<WrittenFile> rows(Amendment amendment, TableName kept, Optional<String> addedSql) {
    String columns =
        scan.columns().stream().map(FieldNode::name).map(Identifiers::quote).collect(joining(", "));
    List<String> parts = new ArrayList<>();
    addedSql.ifPresent(sql -> parts.add("SELECT " + columns + " FROM (\n" + sql + "\n) AS added"));
    List<Integer> places = amendment.rewrittenFrom();
    if (!places.isEmpty()) {
      session.exposeNumbered(kept, amendment.rewritten(), ROW);
      String mapped =
          "SELECT unnest(%s) AS place, unnest(%s)::BIGINT AS file"
              .formatted(places, IntStream.range(0, places.size()).boxed().toList());
      parts.add(
          "SELECT %s FROM %s WHERE %s NOT IN (SELECT (file << 40) | pos FROM %s JOIN (%s) AS m USING (place))"
              .formatted(columns, kept.sql(), ROW, REMOVED, mapped));
    }
    if (parts.isEmpty()) {
      return List.of();
    }
    try {
      return connection.write(String.join("\nUNION ALL\n", parts), amendment.target());
    } finally {
      session.exposeEmpty(kept, scan.schema());
    }
  }

  private List<WrittenFile> lists(Amendment amendment) {
    List<Amendment.Marked> marked = amendment.marked();
    if (marked.isEmpty()) {
      return List.of();
    }
    List<String> parts = new ArrayList<>();
    parts.add(
        "SELECT location AS file_path, pos FROM "
            + REMOVED
            + " JOIN ("
            + mapped(marked, marked.stream().map(Amendment.Marked::place).toList())
            + ") AS m USING (place)");
    List<Amendment.Marked> longer =
        marked.stream().filter(one -> !one.takenOver().isEmpty()).toList();
    TableName earlier = name(amendment, "listed");
    if (!longer.isEmpty()) {
      session.exposeListed(earlier, scan.with(longer.stream().map(this::file).toList()), ROW);
      parts.add(
          "SELECT location, %s & %s FROM %s JOIN (%s) AS m ON %s >> 40 = place"
              .formatted(
                  ROW,
                  PLACE_MASK,
                  earlier.sql(),
                  mapped(longer, IntStream.range(0, longer.size()).boxed().toList()),
                  ROW));
    }
    try {
      return connection.write(String.join("\nUNION ALL\n", parts), amendment.lists());
    } finally {
      session.exposeEmpty(earlier, scan.schema());
    }
  }

  /// A file with those of its lists alone whose rows a new list names too.
  private ScanFile file(Amendment.Marked marked) {
    ScanFile file = scan.files().get(marked.place());
    return new ScanFile(
        file.path(), file.rows(), file.bytes(), file.crc32c(), marked.takenOver(), List.of());
  }

  private static String mapped(List<Amendment.Marked> marked, List<Integer> places) {
    String locations =
        marked.stream()
            .map(Amendment.Marked::location)
            .map(Identifiers::literal)
            .collect(joining(", ", "[", "]"));
    return "SELECT unnest(" + places + ") AS place, unnest(" + locations + ") AS location";
  }
}
