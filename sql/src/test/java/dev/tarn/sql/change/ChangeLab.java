package dev.tarn.sql.change;

import dev.tarn.sql.Query;
import dev.tarn.sql.SqlParser;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Follows changes to a query's result in an engine without files, and compares with a recompute.
final class ChangeLab implements AutoCloseable, Workbench {
  private final SqlParser parser = new SqlParser();
  private final Connection engine;
  private int kept;

  ChangeLab() throws SQLException {
    engine = DriverManager.getConnection("jdbc:duckdb:");
    run("SET threads = 1");
    run("CREATE SCHEMA was");
    run("CREATE SCHEMA delta");
  }

  void run(String sql) throws SQLException {
    try (Statement statement = engine.createStatement()) {
      statement.execute(sql);
    }
  }

  SqlParser parser() {
    return parser;
  }

  /// How a change was followed, or what stopped it, or that the data do not fit the query.
  record Verdict(String how, boolean followed, Optional<String> difference) {}

  /// @param change alters the stored tables
  Verdict follow(
      String sql,
      Set<TableName> changed,
      Function<TableName, Optional<Schema>> schemas,
      Function<TableName, Optional<Query>> views,
      Change change)
      throws SQLException {
    Query query = parser.parse(sql);
    QueryChange.Answer answer = QueryChange.of(parser, query, changed, views, schemas);
    return switch (answer) {
      case QueryChange.Stopped(Obstacle obstacle) ->
          new Verdict(obstacle.what(), false, Optional.empty());
      case QueryChange.Followed(QueryChange followed) ->
          new Verdict(followed.how(), true, difference(sql, followed, changed, change));
    };
  }

  /// Alters tables.
  @FunctionalInterface
  interface Change {
    void make(ChangeLab lab) throws SQLException;
  }

  private Optional<String> difference(
      String sql, QueryChange followed, Set<TableName> changed, Change change) throws SQLException {
    Map<TableName, List<String>> before = new HashMap<>();
    for (TableName table : changed) {
      before.put(table, List.of("was", table.layer() + "_" + table.name()));
      run("CREATE OR REPLACE TABLE " + was(table) + " AS SELECT * FROM " + table.sql());
    }
    List<String> names = names(sql);
    run(
        "CREATE OR REPLACE TABLE target AS SELECT * FROM ("
            + sql
            + "\n) AS q("
            + columns(names)
            + ")");
    change.make(this);
    Map<TableName, InputChange> changes = new HashMap<>();
    for (TableName table : changed) {
      changes.put(
          table,
          new InputChange(
              before.get(table),
              keep("SELECT * FROM " + was(table) + " EXCEPT ALL SELECT * FROM " + table.sql()),
              keep("SELECT * FROM " + table.sql() + " EXCEPT ALL SELECT * FROM " + was(table))));
    }
    run(
        "CREATE OR REPLACE TABLE expected AS SELECT * FROM ("
            + sql
            + "\n) AS q("
            + columns(names)
            + ")");
    apply(followed.compute(this, changes), names);
    return compared();
  }

  private static String was(TableName table) {
    return "was." + Identifiers.quote(table.layer() + "_" + table.name());
  }

  private static String columns(List<String> names) {
    return IntStream.range(0, names.size())
        .mapToObj(i -> "c" + i)
        .collect(Collectors.joining(", "));
  }

  private void apply(QueryChange.Outcome outcome, List<String> names) throws SQLException {
    switch (outcome) {
      case QueryChange.ByKey(List<String> columns, Kept keys, String come) -> {
        List<String> values =
            columns.stream()
                .map(column ->
                    "c"
                        + names.stream()
                            .map(String::toLowerCase)
                            .toList()
                            .indexOf(column.toLowerCase(java.util.Locale.ROOT)))
                .toList();
        run("DELETE FROM target WHERE " + Snippets.among(values, keys, true));
        run("INSERT INTO target " + come);
      }
      case QueryChange.ByRow(List<Kept> gone, List<Kept> come) -> {
        Kept all = keep("SELECT * FROM target" + union(come));
        Kept less = keep("SELECT * FROM target WHERE false" + union(gone));
        if (any("SELECT * FROM " + less.sql() + " EXCEPT ALL SELECT * FROM " + all.sql())) {
          throw new AssertionError("rows go that were not there");
        }
        run(
            "CREATE OR REPLACE TABLE target AS SELECT * FROM "
                + all.sql()
                + " EXCEPT ALL SELECT * FROM "
                + less.sql());
      }
    }
  }

  private static String union(List<Kept> rows) {
    return rows.stream()
        .map(one -> " UNION ALL SELECT * FROM " + one.sql())
        .collect(Collectors.joining());
  }

  private Optional<String> compared() throws SQLException {
    String more = text("SELECT * FROM target EXCEPT ALL SELECT * FROM expected");
    String less = text("SELECT * FROM expected EXCEPT ALL SELECT * FROM target");
    return more.isEmpty() && less.isEmpty()
        ? Optional.empty()
        : Optional.of("too many: " + more + "\nmissing: " + less);
  }

  private String text(String sql) throws SQLException {
    try (Statement statement = engine.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      StringBuilder out = new StringBuilder();
      while (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          out.append(rows.getString(i)).append(" | ");
        }
        out.append('\n');
      }
      return out.toString();
    }
  }

  private List<String> names(String sql) throws SQLException {
    try (Statement statement = engine.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM (" + sql + "\n) AS q LIMIT 0")) {
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        names.add(rows.getMetaData().getColumnName(i));
      }
      return names;
    }
  }

  @Override
  public Kept keep(String sql) {
    String name = "kept_" + kept++;
    try {
      run("CREATE OR REPLACE TABLE delta." + name + " AS " + sql);
      String count = text("SELECT count(*) FROM delta." + name);
      return new Kept(
          List.of("delta", name),
          names("SELECT * FROM delta." + name),
          Long.parseLong(count.substring(0, count.indexOf(' '))));
    } catch (SQLException e) {
      throw new IllegalStateException(sql + "\n" + e.getMessage(), e);
    }
  }

  @Override
  public boolean any(String sql) {
    try {
      return !text(sql + " LIMIT 1").isEmpty();
    } catch (SQLException e) {
      throw new IllegalStateException(sql + "\n" + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws SQLException {
    parser.close();
    engine.close();
  }
}
