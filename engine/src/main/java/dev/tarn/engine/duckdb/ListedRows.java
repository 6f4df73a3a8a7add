package dev.tarn.engine.duckdb;

import dev.tarn.lake.Scan;
import dev.tarn.lake.ScanDeletes;
import dev.tarn.lake.ScanFile;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBConnection;

/// The rows that a scan's position delete files list, read once and put into a table of the
/// instance: of each row one number, made of the place of its file among the scan's files and its
/// place in the file. Of files that rows are left out of it has those rows; of files that chosen
/// rows are read of it has these.
final class ListedRows {
  /// The field ids that the Iceberg spec reserves for `file_path` and `pos`.
  private static final String COLUMNS =
      "MAP {2147483546: {name: 'file_path', type: 'VARCHAR', default_value: NULL::VARCHAR},"
          + " 2147483545: {name: 'pos', type: 'BIGINT', default_value: NULL::VARCHAR}}";

  /// Iceberg's other clients may write locations as URIs.
  private static final String PATH = "regexp_replace(file_path, '^file:(//)?', '')";

  private final DuckDBConnection connection;
  private final Scan scan;
  private final String table;

  private ListedRows(DuckDBConnection connection, Scan scan, String table) {
    this.connection = connection;
    this.scan = scan;
    this.table = table;
  }

  static ListedRows load(DuckDBConnection connection, Scan scan) throws SQLException {
    ListedRows rows = new ListedRows(connection, scan, StoredRows.newTable());
    rows.load();
    return rows;
  }

  String table() {
    return table;
  }

  private void load() throws SQLException {
    List<Integer> without = places(file -> file.only().isEmpty() && !file.whole());
    List<Integer> chosen = places(file -> !file.only().isEmpty());
    List<String> parts = new ArrayList<>();
    if (!without.isEmpty()) {
      parts.add(rows(without, ScanFile::deletes));
    }
    if (!chosen.isEmpty()) {
      String out = rows(chosen, ScanFile::deletes);
      String in = rows(chosen, ScanFile::only);
      parts.add(out.isEmpty() ? in : "SELECT k FROM (" + in + " EXCEPT " + out + ")");
    }
    try (Statement statement = connection.createStatement()) {
      refuseOtherCounts(statement);
      statement.execute("CREATE TABLE " + table + " AS " + String.join(" UNION ALL ", parts));
    }
  }

  private List<Integer> places(java.util.function.Predicate<ScanFile> which) {
    return IntStream.range(0, scan.files().size())
        .filter(place -> which.test(scan.files().get(place)))
        .boxed()
        .toList();
  }

  /// Empty when nothing is listed.
  private String rows(List<Integer> places, Function<ScanFile, List<ScanDeletes>> which) {
    List<ScanDeletes> lists =
        places.stream()
            .flatMap(place -> which.apply(scan.files().get(place)).stream())
            .distinct()
            .toList();
    if (lists.isEmpty()) {
      return "";
    }
    String files =
        places.stream()
            .map(place -> Identifiers.literal(scan.files().get(place).path().toString()))
            .collect(Collectors.joining(", ", "[", "]"));
    return "SELECT (f.place::BIGINT << 40) | d.pos AS k FROM (SELECT "
        + PATH
        + " AS path, pos FROM "
        + read(lists)
        + ") AS d JOIN (SELECT unnest("
        + files
        + ") AS path, unnest("
        + places
        + ") AS place) AS f ON d.path = f.path";
  }

  private static String read(List<ScanDeletes> lists) {
    return lists.stream()
        .map(list -> Identifiers.literal(list.path().toString()))
        .collect(Collectors.joining(", ", "read_parquet([", "], schema = " + COLUMNS + ")"));
  }

  /// A list that is short of rows, or that lacks their ids, would bring deleted rows back.
  private void refuseOtherCounts(Statement statement) throws SQLException {
    List<ScanDeletes> lists = scan.files().stream().flatMap(ScanFile::lists).distinct().toList();
    Map<Integer, Long> counts = new HashMap<>();
    String sql =
        "SELECT file_index, count(*) FILTER (file_path IS NOT NULL AND pos >= 0) FROM "
            + read(lists)
            + " GROUP BY ALL";
    try (ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        counts.put(result.getInt(1), result.getLong(2));
      }
    }
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < lists.size(); i++) {
      long found = counts.getOrDefault(i, 0L);
      if (found != lists.get(i).rows()) {
        problems.add(
            Problem.of(
                "the position delete file %s of %s lists %d rows where %d were recorded"
                    .formatted(lists.get(i).path(), scan.table(), found, lists.get(i).rows()),
                "restore this file from a backup, or roll the table back or refresh it"));
      }
    }
    if (!problems.isEmpty()) {
      throw new Failure(Remedy.FIX_DATA, problems);
    }
  }

  /// The places within each file that are read of it, when these are few in all.
  Optional<Map<Integer, List<Long>>> few(long most) throws SQLException {
    Map<Integer, List<Long>> places = new HashMap<>();
    String chosen =
        places(file -> !file.only().isEmpty()).stream()
            .map(String::valueOf)
            .collect(Collectors.joining(", ", "[", "]"));
    String sql =
        "SELECT k >> 40, k & ((1::BIGINT << 40) - 1) FROM "
            + table
            + " WHERE list_contains("
            + chosen
            + ", (k >> 40)::INTEGER) ORDER BY k LIMIT "
            + (most + 1);
    long found = 0;
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        places.computeIfAbsent(result.getInt(1), _ -> new ArrayList<>()).add(result.getLong(2));
        found++;
      }
    }
    return found > most ? Optional.empty() : Optional.of(places);
  }
}
