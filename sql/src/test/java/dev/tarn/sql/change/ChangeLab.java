package dev.tarn.sql.change;

import dev.tarn.sql.SqlParser;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// An engine without files in which changes are followed.
final class ChangeLab implements AutoCloseable, Workbench {
  private final SqlParser parser = new SqlParser();
  private Connection engine;
  private int kept;

  ChangeLab() throws SQLException {
    engine = opened();
  }

  private Connection opened() throws SQLException {
    Connection opened = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = opened.createStatement()) {
      statement.execute("SET threads = 1");
      statement.execute("SET memory_limit = '1GB'");
      statement.execute("SET temp_directory = ''");
      statement.execute("SET TimeZone = 'UTC'");
    }
    return opened;
  }

  /// Forgets all tables.
  void clear() throws SQLException {
    kept = 0;
    for (String schema : List.of("silver", "bronze", "ever", "was", "delta")) {
      run("DROP SCHEMA IF EXISTS " + schema + " CASCADE; CREATE SCHEMA " + schema);
    }
  }

  /// Starts another engine: one that failed within answers no more.
  void restart() throws SQLException {
    engine.close();
    engine = opened();
  }

  void run(String sql) throws SQLException {
    try (Statement statement = engine.createStatement()) {
      statement.execute(sql);
    }
  }

  SqlParser parser() {
    return parser;
  }

  /// Stores all rows that a table ever has, with their times.
  void store(ProofCase.StoredTable table) throws SQLException {
    List<ProofCase.Field> fields = table.fields();
    String columns =
        fields.stream()
            .map(field -> Identifiers.quote(field.name()) + " " + field.type() + ", ")
            .collect(Collectors.joining());
    run("CREATE TABLE " + ever(table) + " (" + columns + "tarn_born INTEGER, tarn_died INTEGER)");
    if (table.rows().isEmpty()) {
      return;
    }
    String values =
        table.rows().stream()
            .map(row ->
                IntStream.range(0, fields.size())
                    .mapToObj(i -> known(row, fields.get(i)) ? row.values().get(i) : "NULL")
                    .collect(
                        Collectors.joining(", ", "(", ", " + row.born() + ", " + row.died() + ")")))
            .collect(Collectors.joining(", "));
    run("INSERT INTO " + ever(table) + " VALUES " + values);
  }

  /// A row that was there before a column was added has NULL in it.
  private static boolean known(ProofCase.Row row, ProofCase.Field field) {
    return row.born() >= field.since();
  }

  /// Makes a table of those of its rows for which a condition holds.
  void make(String name, ProofCase.StoredTable table, int step, String condition)
      throws SQLException {
    String columns =
        table.fieldsAt(step).stream()
            .map(field -> Identifiers.quote(field.name()))
            .collect(Collectors.joining(", "));
    run(
        "CREATE OR REPLACE TABLE "
            + name
            + " AS SELECT "
            + columns
            + " FROM "
            + ever(table)
            + " WHERE "
            + condition);
  }

  private static String ever(ProofCase.StoredTable table) {
    return "ever." + inOnePart(table.name());
  }

  static Schema schema(List<ProofCase.Field> fields) {
    return new Schema(
        fields.stream().map(field -> Column.of(field.name(), Type.parse(field.type()))).toList());
  }

  static String was(TableName table) {
    return "was." + inOnePart(table);
  }

  private static String inOnePart(TableName table) {
    return Identifiers.quote(table.layer() + "_" + table.name());
  }

  /// All rows, as text.
  String text(String sql) throws SQLException {
    try (Statement statement = engine.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int width = rows.getMetaData().getColumnCount();
      StringBuilder out = new StringBuilder();
      while (rows.next()) {
        for (int i = 1; i <= width; i++) {
          out.append(rows.getString(i)).append(i == width ? "\n" : " | ");
        }
      }
      return out.toString();
    }
  }

  /// The columns that a query yields.
  record Shape(List<String> names, List<String> types) {}

  Shape shape(String sql) throws SQLException {
    try (Statement statement = engine.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM (" + sql + "\n) AS q LIMIT 0")) {
      return shape(rows);
    }
  }

  private static Shape shape(ResultSet rows) throws SQLException {
    List<String> names = new ArrayList<>();
    List<String> types = new ArrayList<>();
    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
      names.add(rows.getMetaData().getColumnName(i));
      types.add(rows.getMetaData().getColumnTypeName(i));
    }
    return new Shape(names, types);
  }

  @Override
  public Kept keep(String sql) {
    String name = "delta.kept_" + kept++;
    try (Statement statement = engine.createStatement()) {
      statement.execute("CREATE OR REPLACE TABLE " + name + " AS " + sql);
      try (ResultSet rows = statement.executeQuery("FROM " + name)) {
        List<String> columns = shape(rows).names();
        long count = 0;
        while (rows.next()) {
          count++;
        }
        return new Kept(List.of(name.split("\\.")), columns, count);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage() + "\nin: " + sql, e);
    }
  }

  @Override
  public boolean any(String sql) {
    try {
      return !text(sql + " LIMIT 1").isEmpty();
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage() + "\nin: " + sql, e);
    }
  }

  @Override
  public List<Optional<String>> row(String sql) {
    try (Statement statement = engine.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      List<Optional<String>> row = new ArrayList<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        row.add(Optional.ofNullable(rows.getString(i)));
      }
      return row;
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage() + "\nin: " + sql, e);
    }
  }

  @Override
  public List<String> types(String sql) {
    try {
      return shape(sql).types();
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage() + "\nin: " + sql, e);
    }
  }

  @Override
  public void close() throws SQLException {
    parser.close();
    engine.close();
  }
}
