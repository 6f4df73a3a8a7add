package dev.tarn.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.testkit.GoldenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every query in `golden/lineage`: its tables, its lineage, and the engine's own word on its
/// columns.
class LineageGoldenTest {
  private static final Path CASES = Path.of("src/test/resources/golden/lineage");
  private static final SqlParser PARSER = new SqlParser();
  private static Connection engine;

  @BeforeAll
  static void makeTables() throws SQLException {
    engine = DriverManager.getConnection("jdbc:duckdb:");
    for (String statement : ShopTables.statements()) {
      try (Statement run = engine.createStatement()) {
        run.execute(statement);
      }
    }
  }

  @AfterAll
  static void close() throws SQLException {
    PARSER.close();
    engine.close();
  }

  @TestFactory
  Stream<DynamicTest> every_query_has_the_tables_and_the_lineage_on_file() throws IOException {
    return cases()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> matches(file)));
  }

  private void matches(Path file) throws IOException {
    String name = "lineage/" + file.getFileName().toString().replace(".sql", ".txt");

    Query query = PARSER.parse(Files.readString(file));

    GoldenFile.named(name).matches(describe(query));
  }

  @TestFactory
  Stream<DynamicTest> columns_are_named_as_the_engine_names_them() throws IOException {
    return cases()
        .filter(file -> !file.getFileName().toString().startsWith("unknown"))
        .map(file ->
            DynamicTest.dynamicTest(file.getFileName().toString(), () -> namedAsByEngine(file)));
  }

  private void namedAsByEngine(Path file) throws IOException, SQLException {
    Query query = PARSER.parse(Files.readString(file));

    List<String> names =
        ColumnLineage.of(query, ShopTables::schema).columns().stream()
            .map(ColumnLineage.OutputColumn::name)
            .toList();

    assertThat(names).isEqualTo(described(query.text()));
  }

  @TestFactory
  Stream<DynamicTest> a_query_made_from_its_tree_means_the_same() throws IOException {
    return cases()
        .map(
            file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> roundTrips(file)));
  }

  private void roundTrips(Path file) throws IOException {
    Query query = PARSER.parse(Files.readString(file));

    Query again = PARSER.parse(PARSER.render(query));

    assertThat(describe(again).replaceAll(":\\d+:\\d+", ""))
        .isEqualTo(describe(query).replaceAll(":\\d+:\\d+", ""));
  }

  private static Stream<Path> cases() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.filter(file -> file.toString().endsWith(".sql")).sorted().toList().stream();
    }
  }

  static String describe(Query query) {
    StringBuilder text = new StringBuilder("tables: ");
    text.append(
        query.tables().stream().map(TableReference::toString).collect(Collectors.joining(" ")));
    for (ColumnLineage.OutputColumn column :
        ColumnLineage.of(query, ShopTables::schema).columns()) {
      text.append("\n\n")
          .append(column.name())
          .append(column.approximate() ? "   (approximate)" : "");
      text.append(listed("value", column.values()))
          .append(listed("condition", column.conditions()));
    }
    return text.append('\n').toString();
  }

  private static String listed(String kind, Collection<SourceColumn> sources) {
    return sources.isEmpty()
        ? ""
        : "\n  "
            + kind
            + ": "
            + sources.stream().map(SourceColumn::toString).collect(Collectors.joining(" "));
  }

  private static List<String> described(String sql) throws SQLException {
    try (Statement statement = engine.createStatement();
        ResultSet rows = statement.executeQuery("DESCRIBE " + sql)) {
      List<String> names = new ArrayList<>();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    }
  }
}
