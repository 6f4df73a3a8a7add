package dev.tarn.app.command;

import dev.tarn.app.plan.Blueprint;
import dev.tarn.app.project.Project;
import dev.tarn.app.run.Opened;
import dev.tarn.app.terminal.Console;
import dev.tarn.app.terminal.Paint;
import dev.tarn.orchestrate.TableGraph;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.LineageEdge;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Suggestions;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Where a table or a column comes from, and what depends on it.
public final class LineageCommand implements Command {
  private final Opener opener;

  public LineageCommand(Opener opener) {
    this.opener = opener;
  }

  @Override
  public Usage usage() {
    return new Usage(
        "lineage",
        "Shows where a table or a column comes from, and what depends on it",
        "TABLE[.COLUMN]",
        1,
        1,
        List.of(
            Option.flag("--up", "only where it comes from"),
            Option.flag("--down", "only what depends on it")),
        "Read from the SQL itself; nothing has to be run. A column's sources are those whose values flow into it.",
        List.of(
            "tarn lineage gold.daily_revenue",
            "tarn lineage gold.daily_revenue.revenue --up",
            "tarn lineage bronze.orders --down"),
        "tables");
  }

  @Override
  public int run(Invocation invocation) {
    Problems problems = new Problems();
    Project project = opener.project(invocation, problems);
    try (Opened opened = opener.look(project, problems)) {
      Blueprint blueprint = Opener.blueprints(opened).blueprint(problems);
      String[] parts = invocation.words().getFirst().split("\\.", 3);
      if (parts.length < 2) {
        throw Failure.input(
            "'" + invocation.words().getFirst() + "' is not a table",
            "write layer.name or layer.name.column");
      }
      TableName table = new TableName(parts[0], parts[1]);
      requireKnown(blueprint, table);
      boolean up = invocation.has("--up") || !invocation.has("--down");
      boolean down = invocation.has("--down") || !invocation.has("--up");
      if (parts.length == 3) {
        columns(
            invocation.console(), blueprint, table, parts[2].toLowerCase(Locale.ROOT), up, down);
      } else {
        tables(invocation.console(), blueprint.graph(), table, up, down);
      }
      return WELL;
    }
  }

  private static void requireKnown(Blueprint blueprint, TableName table) {
    Set<TableName> known = blueprint.graph().tables();
    if (!known.contains(table)) {
      throw Failure.input(
          "there is no table " + table + " in this project",
          Suggestions.didYouMean(
              table.toString(), known.stream().map(TableName::toString).toList()));
    }
  }

  private static void tables(
      Console console, TableGraph graph, TableName table, boolean up, boolean down) {
    console.line(console.paint(Paint.BOLD, table.toString()));
    if (up) {
      console.line("comes from");
      tree(console, table, "  ", graph::inputs);
    }
    if (down) {
      console.line("is read by");
      tree(console, table, "  ", graph::outputs);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("ok", true);
    document.put("table", table.toString());
    document.put("upstream", up ? names(graph.upstream(table)) : List.of());
    document.put("downstream", down ? names(graph.downstream(table)) : List.of());
    console.document(document);
  }

  private static List<String> names(Set<TableName> tables) {
    return tables.stream().map(TableName::toString).toList();
  }

  private static void tree(
      Console console, TableName table, String indent, Function<TableName, Set<TableName>> next) {
    for (TableName one : next.apply(table)) {
      console.line(indent + one);
      tree(console, one, indent + "  ", next);
    }
  }

  private static void columns(
      Console console,
      Blueprint blueprint,
      TableName table,
      String column,
      boolean up,
      boolean down) {
    List<LineageEdge> edges = blueprint.lineage().values().stream().flatMap(List::stream).toList();
    requireColumn(blueprint, table, column);
    Set<LineageEdge> above =
        up
            ? reach(edges, table + "." + column, LineageCommand::to, LineageCommand::from)
            : Set.of();
    Set<LineageEdge> below =
        down
            ? reach(edges, table + "." + column, LineageCommand::from, LineageCommand::to)
            : Set.of();
    console.line(console.paint(Paint.BOLD, table + "." + column));
    above.forEach(edge -> console.line("  " + to(edge) + " <- " + from(edge) + note(edge)));
    below.forEach(edge -> console.line("  " + from(edge) + " -> " + to(edge) + note(edge)));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("ok", true);
    document.put("column", table + "." + column);
    document.put("upstream", above.stream().map(LineageCommand::document).toList());
    document.put("downstream", below.stream().map(LineageCommand::document).toList());
    console.document(document);
  }

  private static void requireColumn(Blueprint blueprint, TableName table, String column) {
    Optional<List<LineageEdge>> edges = Optional.ofNullable(blueprint.lineage().get(table));
    List<String> known =
        edges.orElse(List.of()).stream()
            .map(edge -> edge.column().toLowerCase(Locale.ROOT))
            .distinct()
            .toList();
    if (!known.isEmpty() && !known.contains(column)) {
      throw Failure.input(
          table + " has no column '" + column + "'", Suggestions.didYouMean(column, known));
    }
  }

  /// Values are followed at any distance; what only decides about rows is shown for the column
  /// itself.
  private static Set<LineageEdge> reach(
      List<LineageEdge> edges,
      String start,
      Function<LineageEdge, String> near,
      Function<LineageEdge, String> far) {
    Map<String, List<LineageEdge>> byNear = edges.stream().collect(Collectors.groupingBy(near));
    Set<LineageEdge> reached = new LinkedHashSet<>();
    List<String> open = new ArrayList<>(List.of(start));
    while (!open.isEmpty()) {
      String at = open.removeFirst();
      for (LineageEdge edge : byNear.getOrDefault(at, List.of())) {
        boolean follow = edge.kind().equals("value");
        if ((follow || at.equals(start)) && reached.add(edge) && follow) {
          open.add(far.apply(edge));
        }
      }
    }
    return reached;
  }

  private static String to(LineageEdge edge) {
    return edge.table() + "." + edge.column().toLowerCase(Locale.ROOT);
  }

  private static String from(LineageEdge edge) {
    return edge.fromTable() + "." + edge.fromColumn().toLowerCase(Locale.ROOT);
  }

  private static String note(LineageEdge edge) {
    return edge.kind().equals("value") ? "" : "  (" + edge.kind() + ")";
  }

  private static Map<String, Object> document(LineageEdge edge) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("table", edge.table().toString());
    values.put("column", edge.column());
    values.put("from_table", edge.fromTable().toString());
    values.put("from_column", edge.fromColumn());
    values.put("kind", edge.kind());
    return values;
  }
}
