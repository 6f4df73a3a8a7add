package dev.tarn.engine.duckdb;

import dev.tarn.lake.Scan;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.TableName;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;

/// The tables of a session. What is exposed becomes a view of the instance, and its files are
/// verified, only when a statement names it, so that a session over thousands of tables costs what
/// its statements use.
final class Tables {
  private static final Set<String> LISTING =
      Set.of(
          "information_schema",
          "duckdb_tables",
          "duckdb_views",
          "duckdb_columns",
          "duckdb_schemas",
          "show",
          "pg_catalog",
          "pg_class",
          "pg_tables",
          "pg_views");

  private static final Set<String> CATALOGS = Set.of("system", "temp", "memory");

  private static final SqlWords NOTHING = SqlWords.of("");

  private final Map<TableName, Entry> entries = new ConcurrentHashMap<>();
  private final Set<TableName> outdated = ConcurrentHashMap.newKeySet();
  private final Map<TableName, String> rowTables = new HashMap<>();
  private final Set<String> layers = new HashSet<>();
  private final VerifiedFiles verified;

  Tables(VerifiedFiles verified) {
    this.verified = verified;
  }

  void put(TableName name, Relation relation) {
    SqlWords words = relation instanceof Relation.View(String sql) ? SqlWords.of(sql) : NOTHING;
    Entry before = entries.put(name, new Entry(name, relation, words));
    if (before != null && before.made) {
      outdated.add(name);
    }
  }

  /// The places at which a table is named whose layer DuckDB takes for one of its catalogs.
  List<Integer> ambiguous(SqlWords words) {
    return words.mentions().stream()
        .filter(mention -> CATALOGS.contains(mention.first()))
        .filter(mention ->
            !mention.second().isBlank()
                && entries.containsKey(new TableName(mention.first(), mention.second())))
        .map(SqlWords.Mention::at)
        .toList();
  }

  List<String> names() {
    return entries.keySet().stream().sorted().map(TableName::toString).toList();
  }

  /// Verifies and makes what these words may name. Answers the views that can't be made, with the
  /// reason: they matter only if the statement turns out to need them.
  Map<TableName, SQLException> prepare(Collection<SqlWords> mentions, DuckDBConnection connection)
      throws SQLException {
    List<Entry> needed = needed(mentions);
    for (Entry entry : needed) {
      verify(entry.relation);
    }
    boolean listing =
        mentions.stream().anyMatch(words -> words.words().stream().anyMatch(LISTING::contains));
    return make(listing ? new ArrayList<>(entries.values()) : needed, connection);
  }

  private void verify(Relation relation) throws SQLException {
    switch (relation) {
      case Relation.Snapshot(Scan scan) -> verified.verify(scan);
      case Relation.Numbered(Scan scan, _) -> verified.verify(scan);
      case Relation.Listed(Scan scan, _) -> verified.verifyLists(scan);
      case Relation.Empty _, Relation.View _, Relation.Rows _, Relation.Held _ -> {}
    }
  }

  private List<Entry> needed(Collection<SqlWords> mentions) {
    Set<Entry> needed = new LinkedHashSet<>();
    ArrayDeque<SqlWords> open = new ArrayDeque<>(mentions);
    while (!open.isEmpty()) {
      SqlWords words = open.poll();
      boolean all = words.indirect();
      for (Entry entry : entries.values()) {
        if ((all || words.mayName(entry.name)) && needed.add(entry)) {
          open.add(entry.words);
        }
      }
    }
    return new ArrayList<>(needed);
  }

  /// Views can only be made after what they read, so what fails is tried again as long as anything
  /// else succeeds.
  private synchronized Map<TableName, SQLException> make(
      List<Entry> needed, DuckDBConnection connection) throws SQLException {
    List<Entry> open =
        Stream.concat(needed.stream(), outdated.stream().map(entries::get))
            .distinct()
            .filter(entry -> !entry.made && entries.get(entry.name) == entry)
            .toList();
    Map<TableName, SQLException> failed = new ConcurrentHashMap<>();
    while (!open.isEmpty()) {
      List<Entry> rest = new ArrayList<>();
      failed.clear();
      for (Entry entry : open) {
        try {
          make(entry, connection);
        } catch (SQLException e) {
          if (EngineErrors.isFatal(ErrorReport.of(e))) {
            throw e;
          }
          failed.put(entry.name, e);
          rest.add(entry);
        }
      }
      if (rest.size() == open.size()) {
        return failed;
      }
      open = rest;
    }
    return failed;
  }

  private void make(Entry entry, DuckDBConnection connection) throws SQLException {
    if (layers.add(entry.name.layer())) {
      run(connection, "CREATE SCHEMA IF NOT EXISTS " + Identifiers.quote(schema(entry.name)));
    }
    String view =
        Identifiers.quote(schema(entry.name)) + "." + Identifiers.quote(entry.name.name());
    String rows = rowTables.get(entry.name);
    try {
      run(connection, "CREATE OR REPLACE VIEW " + view + " AS " + query(entry, connection));
    } catch (SQLException e) {
      throw withoutView(view, connection, e);
    }
    if (rows != null) {
      run(connection, "DROP TABLE IF EXISTS " + rows);
      rowTables.remove(entry.name, rows);
    }
    entry.made = true;
    outdated.remove(entry.name);
  }

  /// Rather no table than the one before.
  private static SQLException withoutView(
      String view, DuckDBConnection connection, SQLException reason) {
    try {
      run(connection, "DROP VIEW IF EXISTS " + view);
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
    return reason;
  }

  private String query(Entry entry, DuckDBConnection connection) throws SQLException {
    return switch (entry.relation) {
      case Relation.Snapshot(Scan scan) ->
          query(entry, new ScanLayout(connection, scan, Optional.empty()));
      case Relation.Numbered(Scan scan, String rowColumn) ->
          query(entry, new ScanLayout(connection, scan, Optional.of(rowColumn)));
      case Relation.Listed(Scan scan, String rowColumn) -> {
        ListedRows listed = ListedRows.load(connection, scan);
        rowTables.put(entry.name, listed.table());
        yield "SELECT k AS " + Identifiers.quote(rowColumn) + " FROM " + listed.table();
      }
      case Relation.Empty(var schema) -> ScanSql.empty(schema);
      case Relation.View(String sql) ->
          SqlText.plain(sql).withInserts(ambiguous(SqlWords.of(sql))).inner();
      case Relation.Rows(var schema, var rows) when rows.isEmpty() -> ScanSql.empty(schema);
      case Relation.Rows(var schema, var rows) -> {
        StoredRows stored = StoredRows.store(connection, schema, rows);
        rowTables.put(entry.name, stored.table());
        yield stored.query();
      }
      case Relation.Held(String table) -> {
        rowTables.put(entry.name, table);
        yield "SELECT * FROM " + table;
      }
    };
  }

  private String query(Entry entry, ScanLayout layout) throws SQLException {
    String query = layout.query();
    layout.table().ifPresent(table -> rowTables.put(entry.name, table));
    return query;
  }

  private static String schema(TableName name) {
    return CATALOGS.contains(name.layer()) ? SqlText.MARK + name.layer() : name.layer();
  }

  private static void run(DuckDBConnection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static final class Entry {
    final TableName name;
    final Relation relation;
    final SqlWords words;
    volatile boolean made;

    Entry(TableName name, Relation relation, SqlWords words) {
      this.name = name;
      this.relation = relation;
      this.words = words;
    }
  }
}
