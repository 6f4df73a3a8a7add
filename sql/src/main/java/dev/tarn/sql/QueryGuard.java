package dev.tarn.sql;

import dev.tarn.sql.Query.FunctionReference;
import dev.tarn.sql.tree.Expression;
import dev.tarn.sql.tree.Relation;
import dev.tarn.sql.tree.SqlNode;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Problems;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds what a query must not do: read files, other databases, or the engine's own state, past the
/// tables it names.
public final class QueryGuard {
  private static final Pattern FILE = Pattern.compile(".*[./\\\\:*?].*", Pattern.DOTALL);
  private static final Set<String> ENGINE_SCHEMAS = Set.of("information_schema", "pg_catalog");
  private static final Pattern ENGINE_TABLE =
      Pattern.compile("(duckdb|pragma)_.*|sqlite_(temp_)?(master|schema)");

  /// `user` is left out: it is a common name of a column.
  private static final Set<String> SESSION_NAMES =
      Set.of("current_user", "session_user", "current_role", "current_schema", "current_catalog");

  /// Further ones would help nobody.
  private static final int MOST_PROBLEMS = 100;

  private static final String FROM_SOURCE =
      "declare a source that lands it in bronze and read that table";
  private static final String PERMIT = ", or let the project allow it with 'allow: [files]'";

  private final Query query;
  private final GuardSettings settings;
  private final FunctionCatalog functions = FunctionCatalog.builtIn();
  private final Problems problems = new Problems();

  private QueryGuard(Query query, GuardSettings settings) {
    this.query = query;
    this.settings = settings;
  }

  /// All that is wrong, in the order of the tree; empty when the query may run.
  public static List<Problem> check(Query query, GuardSettings settings) {
    QueryGuard guard = new QueryGuard(query, settings);
    guard.query.functions().forEach(guard::function);
    guard.query.nodes().forEach(guard::name);
    TableCollector.tables(query.body()).forEach(guard::table);
    return guard.problems.all();
  }

  /// Whether the name is that of a file rather than of a table.
  public static boolean isFile(TableReference reference) {
    return reference.path().size() == 1 && FILE.matcher(reference.name()).matches();
  }

  private void function(FunctionReference call) {
    String category = functions.category(call.name());
    switch (category) {
      case "files" -> file(call);
      case "engine" ->
          refuse(
              call,
              "reads or changes the engine's own state",
              "write the value itself, or read it from a table");
      case "session" -> refuse(call, "depends on who asks", "write the value itself");
      case "table" -> {}
      default -> {
        if (call.table()) {
          refuse(
              call,
              "is no function that may stand in FROM",
              "read a table; in FROM may stand: range, generate_series, unnest, repeat, json_each");
        }
      }
    }
  }

  /// `current_user` without brackets is a function too.
  private void name(SqlNode node) {
    if (node instanceof Expression.ColumnRef column
        && column.path().size() == 1
        && SESSION_NAMES.contains(column.path().getFirst().toLowerCase(Locale.ROOT))) {
      refuse(
          node, "'" + column.path().getFirst() + "' depends on who asks", "write the value itself");
    }
  }

  private void file(FunctionReference call) {
    if (!settings.files()) {
      refuse(call, "reads files by itself", FROM_SOURCE + PERMIT);
    }
  }

  private void refuse(FunctionReference call, String why, String fix) {
    add(Problem.at(call.at(), "'" + call.name() + "' " + why, fix));
  }

  private void table(Relation.Table table) {
    String first = table.path().getFirst().toLowerCase(Locale.ROOT);
    String name = table.name().toLowerCase(Locale.ROOT);
    if (table.path().size() == 1 && FILE.matcher(name).matches()) {
      if (!settings.files()) {
        refuse(table, "this reads the file '" + table.name() + "' by itself", FROM_SOURCE + PERMIT);
      }
    } else if (ENGINE_SCHEMAS.contains(first)
        || table.path().size() == 3
            && ENGINE_SCHEMAS.contains(table.path().get(1).toLowerCase(Locale.ROOT))
        || table.path().size() == 1 && ENGINE_TABLE.matcher(name).matches()) {
      refuse(
          table,
          "'" + String.join(".", table.path()) + "' is the engine's own catalog",
          "read Tarn's tables in 'system'");
    }
  }

  private void refuse(SqlNode node, String what, String fix) {
    add(Problem.at(query.at(node), what, fix));
  }

  private void add(Problem problem) {
    if (problems.all().size() < MOST_PROBLEMS) {
      problems.add(problem);
    }
  }
}
