package dev.tarn.sql;

import dev.tarn.sql.tree.CommonTable;
import dev.tarn.sql.tree.QueryBody;
import dev.tarn.sql.tree.Relation;
import dev.tarn.sql.tree.SqlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Finds the tables that a query reads. A name is a common table only where the engine sees it as
/// one: after its own definition, so in `WITH x AS (SELECT * FROM x)` the inner x is a table.
final class TableCollector {

  /// The schema by which the step of a recursive query with USING KEY reads all rows so far.
  private static final String RECURRING = "recurring";

  private final List<Relation.Table> found = new ArrayList<>();

  static List<Relation.Table> tables(QueryBody body) {
    TableCollector collector = new TableCollector();
    collector.body(body, Set.of());
    return collector.found;
  }

  private void body(QueryBody body, Set<String> outer) {
    Set<String> names = new HashSet<>(outer);
    for (CommonTable table : body.commonTables()) {
      table.children().forEach(child -> visit(child, Set.copyOf(names)));
      names.add(table.name().toLowerCase(Locale.ROOT));
    }
    if (body instanceof QueryBody.Recursive recursive) {
      recursive(recursive, names);
    } else {
      children(body, names);
    }
  }

  private void recursive(QueryBody.Recursive body, Set<String> names) {
    visit(body.start(), names);
    Set<String> within = new HashSet<>(names);
    String own = body.name().toLowerCase(Locale.ROOT);
    within.add(own);
    within.add(RECURRING + "." + own);
    visit(body.step(), within);
    body.modifiers().forEach(modifier -> visit(modifier, names));
  }

  private void visit(SqlNode node, Set<String> names) {
    switch (node) {
      case QueryBody body -> body(body, names);
      case Relation.Table table -> {
        if (!names.contains(String.join(".", table.path()).toLowerCase(Locale.ROOT))) {
          found.add(table);
        }
        children(table, names);
      }
      case CommonTable _ -> {}
      case SqlNode other -> children(other, names);
    }
  }

  private void children(SqlNode node, Set<String> names) {
    node.children().forEach(child -> visit(child, names));
  }
}
