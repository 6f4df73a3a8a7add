package dev.tarn.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Lineage is held against the engine: when a source column's data change, only output columns that
/// name it may change.
class LineageTruthTest {
  private static final Path CASES = Path.of("src/test/resources/golden/lineage");
  private static final int ROWS = 14;
  private static final int DATA_SETS = 1;

  /// Not the same twice, of positions, or without an end on circular data: no data can confirm or
  /// refute their lineage.
  private static final Set<String> EXEMPT =
      Set.of("sample", "no-from", "join-positional", "cte-using-key");

  private static final SqlParser PARSER = new SqlParser();
  private static Connection engine;

  @BeforeAll
  static void open() throws SQLException {
    engine = DriverManager.getConnection("jdbc:duckdb:");
    run("SET threads = 1");
    for (String statement : ShopTables.statements()) {
      run(statement);
    }
  }

  @AfterAll
  static void close() throws SQLException {
    PARSER.close();
    engine.close();
  }

  @TestFactory
  Stream<DynamicTest> a_column_that_lineage_does_not_name_changes_nothing() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".sql") && !file.startsWith("unknown"))
          .filter(file -> !EXEMPT.contains(file.replace(".sql", "")))
          .sorted()
          .toList()
          .stream()
          .map(file -> DynamicTest.dynamicTest(file, () -> holds(file)));
    }
  }

  private void holds(String file) throws IOException, SQLException {
    Query query = PARSER.parse(Files.readString(CASES.resolve(file)));
    ColumnLineage lineage = ColumnLineage.of(query, ShopTables::schema);
    Set<TableName> tables = new TreeSet<>();
    query.tables().forEach(table -> table.table().ifPresent(tables::add));
    for (int salt = 0; salt < DATA_SETS; salt++) {
      for (TableName table : tables) {
        fill(table, salt, Optional.empty());
      }
      Optional<List<List<String>>> before = results(query);
      if (before.isEmpty()) {
        continue;
      }
      for (TableName table : tables) {
        for (Column column : ShopTables.schema(table).map(Schema::columns).orElse(List.of())) {
          SourceColumn changed = new SourceColumn(table, column.name());
          if (lineage.columns().stream().allMatch(each -> names(each, changed))) {
            continue;
          }
          fill(table, salt, Optional.of(column.name()));
          Optional<List<List<String>>> after = results(query);
          if (after.isPresent()) {
            compare(lineage, changed, before.get(), after.get());
          }
        }
        fill(table, salt, Optional.empty());
      }
    }
  }

  private static void compare(
      ColumnLineage lineage,
      SourceColumn changed,
      List<List<String>> before,
      List<List<String>> after) {
    for (int i = 0; i < lineage.columns().size(); i++) {
      ColumnLineage.OutputColumn column = lineage.columns().get(i);
      if (!names(column, changed)) {
        assertThat(after.get(i))
            .as("%s when %s changes", column.name(), changed)
            .isEqualTo(before.get(i));
      }
    }
  }

  private static boolean names(ColumnLineage.OutputColumn column, SourceColumn source) {
    return column.values().contains(source) || column.conditions().contains(source);
  }

  /// Fills a table with data that depend on the salt; one column's data may be other data.
  private static void fill(TableName table, int salt, Optional<String> other) throws SQLException {
    run("DELETE FROM " + table);
    StringBuilder rows = new StringBuilder();
    List<Column> columns = ShopTables.schema(table).map(Schema::columns).orElse(List.of());
    for (int row = 0; row < ROWS; row++) {
      rows.append(row == 0 ? "(" : ", (");
      for (int i = 0; i < columns.size(); i++) {
        boolean changed = other.isPresent() && other.get().equals(columns.get(i).name());
        int seed = row * 31 + salt * 17 + i * 7 + (changed ? 1_000 + row * row : 0);
        boolean root = columns.get(i).name().equals("boss_id") && Math.floorMod(seed, 3) == 0;
        rows.append(i == 0 ? "" : ", ").append(root ? "NULL" : value(columns.get(i).type(), seed));
      }
      rows.append(')');
    }
    run("INSERT INTO " + table + " VALUES " + rows);
  }

  private static String value(Type type, int seed) {
    int small = Math.floorMod(seed * 2_654_435 >> 5, 6);
    return switch (type) {
      case Type.Struct struct -> {
        List<String> fields = new ArrayList<>();
        struct
            .fields()
            .forEach(field ->
                fields.add(
                    "'"
                        + field.name()
                        + "': "
                        + value(field.type(), seed + field.name().length())));
        yield "{" + String.join(", ", fields) + "}";
      }
      case Type.ListOf list ->
          "["
              + value(list.element(), seed)
              + (small > 2 ? ", " + value(list.element(), seed + 1) : "")
              + "]";
      case Type.Primitive primitive ->
          switch (primitive) {
            case VARCHAR ->
                List.of("'paid'", "'x'", "'DE'", "'1'", "'{\"a\": 1, \"id\": \"7\"}'", "'12'")
                    .get(small);
            case TIMESTAMP ->
                "TIMESTAMP '2024-01-0" + (small + 1) + " 00:0" + Math.floorMod(seed, 10) + ":00'";
            case INTEGER, BIGINT -> small == 5 ? "2023" : String.valueOf(small);
            default -> String.valueOf(small + Math.floorMod(seed, 7) / 10.0);
          };
      default -> String.valueOf(small + Math.floorMod(seed, 7) / 10.0);
    };
  }

  /// The values of each column, sorted; empty when these data make the query fail.
  private static Optional<List<List<String>>> results(Query query) {
    try (Statement statement = engine.createStatement();
        ResultSet rows = limited(statement).executeQuery(query.text())) {
      List<List<String>> columns = new ArrayList<>();
      for (int i = 0; i < rows.getMetaData().getColumnCount(); i++) {
        columns.add(new ArrayList<>());
      }
      while (rows.next()) {
        for (int i = 0; i < columns.size(); i++) {
          columns.get(i).add(String.valueOf(rows.getObject(i + 1)));
        }
      }
      columns.forEach(Collections::sort);
      return Optional.of(columns);
    } catch (SQLException dataDoNotFit) {
      return Optional.empty();
    }
  }

  private static Statement limited(Statement statement) throws SQLException {
    statement.setQueryTimeout(1);
    return statement;
  }

  private static void run(String sql) throws SQLException {
    try (Statement statement = engine.createStatement()) {
      statement.execute(sql);
    }
  }
}
