package dev.tarn.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.testkit.GoldenFile;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every query in `golden/guard`, its problems and what in it is not the same twice.
class QueryGuardTest {
  private static final Path CASES = Path.of("src/test/resources/golden/guard");
  private static final SqlParser PARSER = new SqlParser();

  @AfterAll
  static void close() {
    PARSER.close();
  }

  @TestFactory
  Stream<DynamicTest> every_query_has_the_problems_on_file() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.filter(file -> file.toString().endsWith(".sql")).sorted().toList().stream()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> matches(file)));
    }
  }

  private void matches(Path file) throws IOException {
    String name = "guard/" + file.getFileName().toString().replace(".sql", ".txt");

    Query query = PARSER.parse(Files.readString(file));
    String problems = text(QueryGuard.check(query, GuardSettings.strict()));
    String withFiles = text(QueryGuard.check(query, GuardSettings.allowing(List.of("files"))));
    String changing =
        query.volatileFunctions().stream()
            .map(each -> each.name() + each.at())
            .collect(Collectors.joining(" "));

    GoldenFile.named(name)
        .matches(
            "# strict\n"
                + problems
                + "\n# files allowed\n"
                + withFiles
                + "\n# volatile\n"
                + changing);
  }

  private static String text(List<Problem> problems) {
    return problems.stream().map(problem -> problem + "\n").collect(Collectors.joining());
  }

  @Test
  void only_what_is_known_can_be_allowed() {
    assertThatThrownBy(() -> GuardSettings.allowing(List.of("file")))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("did you mean 'files'?");
    assertThat(GuardSettings.allowing(List.of()).files()).isFalse();
  }

  @Test
  void every_function_of_this_build_is_filed() throws SQLException {
    FunctionCatalog catalog = FunctionCatalog.builtIn();
    String sql =
        "SELECT DISTINCT lower(function_name) FROM duckdb_functions() WHERE regexp_full_match(function_name, '[A-Za-z_]\\w*') "
            + "AND NOT contains(function_name, 'collate')";

    List<String> notFiled = new ArrayList<>();
    try (Connection engine = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = engine.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        if (catalog.category(rows.getString(1)).isEmpty()) {
          notFiled.add(rows.getString(1));
        }
      }
    }

    assertThat(notFiled).isEmpty();
  }
}
