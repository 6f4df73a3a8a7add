package dev.tarn.app.command;

import dev.tarn.app.terminal.Console;
import dev.tarn.app.terminal.Paint;
import dev.tarn.app.terminal.TextTable;
import dev.tarn.app.terminal.ValueText;
import dev.tarn.engine.EngineColumn;
import dev.tarn.engine.Rows;
import dev.tarn.engine.change.ChangedRows;
import dev.tarn.engine.change.Counts;
import dev.tarn.lake.ColumnChange;
import dev.tarn.lake.Difference;
import dev.tarn.lake.SnapshotInfo;
import dev.tarn.vocabulary.TableName;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What two versions of a table differ in, as people and programs read it.
///
/// @param changedRows by column, how many of the changed rows differ in it
/// @param changed rows of two structs, before and after
record DiffReport(
    TableName table,
    Difference difference,
    List<String> key,
    Counts counts,
    Map<String, Long> changedRows,
    Rows added,
    Rows removed,
    Rows changed) {
  private static final int CELL = 60;

  static DiffReport of(TableName table, Difference difference, ChangedRows changes, long limit) {
    return new DiffReport(
        table,
        difference,
        changes.key(),
        changes.counts(),
        changes.changedColumns(),
        changes.added(limit),
        changes.removed(limit),
        changes.changed(limit));
  }

  void show(Console console) {
    print(console);
    console.document(document());
  }

  /// For people.
  void print(Console console) {
    console.line(
        console.paint(Paint.BOLD, table.toString())
            + "  "
            + named(difference.before())
            + " → "
            + named(difference.after()));
    difference.columns().forEach(change -> console.line("  column " + text(change)));
    console.line(
        "  "
            + console.paint(Paint.GREEN, counts.added() + " added")
            + ", "
            + console.paint(Paint.RED, counts.removed() + " removed")
            + (key.isEmpty()
                ? ""
                : ", " + console.paint(Paint.YELLOW, counts.changed() + " changed"))
            + ", "
            + counts.unchanged()
            + " unchanged"
            + (key.isEmpty() ? "" : "  (by " + String.join(", ", key) + ")"));
    changedRows.forEach((column, rows) -> console.line("  " + column + ": changed in " + rows));
    rows(console, Paint.GREEN, "added", added, counts.added());
    rows(console, Paint.RED, "removed", removed, counts.removed());
    changed(console);
  }

  private static String named(SnapshotInfo version) {
    return version.id() + " (" + version.at().truncatedTo(ChronoUnit.SECONDS) + ")";
  }

  private static String text(ColumnChange change) {
    return switch (change) {
      case ColumnChange.Added(String column, var type) -> column + " added: " + type.sql();
      case ColumnChange.Dropped(String column, var type) -> column + " dropped: " + type.sql();
      case ColumnChange.Renamed(String before, String after) ->
          before + " is called " + after + " now";
      case ColumnChange.Retyped(String column, var before, var after) ->
          column + " was " + before.sql() + ", is " + after.sql();
    };
  }

  static void rows(Console console, Paint paint, String what, Rows rows, long count) {
    if (rows.rows().isEmpty()) {
      return;
    }
    boolean[] numeric = new boolean[rows.columns().size()];
    for (int i = 0; i < numeric.length; i++) {
      numeric[i] = ValueText.isNumeric(rows.columns().get(i).type());
    }
    List<String> names = rows.columns().stream().map(EngineColumn::name).toList();
    TextTable text = new TextTable(names, numeric, CELL);
    rows.rows().forEach(row -> text.row(row.stream().map(ValueText::shown).toList()));
    heading(console, paint, what, rows, count);
    console.line(text.text(console).stripTrailing());
  }

  private static void heading(Console console, Paint paint, String what, Rows rows, long count) {
    String shown = rows.truncated() ? " (" + rows.rows().size() + " of " + count + ")" : "";
    console.line("\n" + console.paint(paint, what) + shown);
  }

  /// The key, and the columns in which any of the rows differs.
  private void changed(Console console) {
    if (changed.rows().isEmpty()) {
      return;
    }
    List<Map<String, String>> cells = changed.rows().stream().map(DiffReport::cells).toList();
    Set<String> names = new LinkedHashSet<>(key);
    cells.forEach(row ->
        row.forEach((name, cell) -> {
          if (cell.contains(" → ")) {
            names.add(name);
          }
        }));
    List<String> columns = List.copyOf(names);
    TextTable text = new TextTable(columns, new boolean[columns.size()], 2 * CELL);
    cells.forEach(row -> text.row(columns.stream().map(row::get).toList()));
    heading(console, Paint.YELLOW, "changed", changed, counts.changed());
    console.line(text.text(console).stripTrailing());
  }

  private static Map<String, String> cells(List<@Nullable Object> row) {
    Map<String, String> cells = new LinkedHashMap<>();
    Map<?, ?> before = (Map<?, ?>) row.getFirst();
    Map<?, ?> after = (Map<?, ?>) row.getLast();
    if (before != null && after != null) {
      before.forEach((name, value) -> {
        String was = ValueText.shown(value);
        String now = ValueText.shown(after.get(name));
        cells.put(String.valueOf(name), was.equals(now) ? was : was + " → " + now);
      });
    }
    return cells;
  }

  Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("ok", true);
    document.put("table", table.toString());
    document.put("key", key);
    document.put("before", document(difference.before()));
    document.put("after", document(difference.after()));
    document.put("added", counts.added());
    document.put("removed", counts.removed());
    document.put("changed", counts.changed());
    document.put("unchanged", counts.unchanged());
    document.put("schema", difference.columns().stream().map(DiffReport::document).toList());
    document.put(
        "columns",
        changedRows.entrySet().stream()
            .map(column -> Map.of("column", column.getKey(), "rows", column.getValue()))
            .toList());
    document.put(
        "samples",
        Map.of("added", objects(added), "removed", objects(removed), "changed", objects(changed)));
    return document;
  }

  private static Map<String, Object> document(SnapshotInfo version) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("snapshot", Long.toString(version.id()));
    values.put("at", version.at().toString());
    values.put("rows", version.rows());
    values.put("run", version.run().map(Object::toString));
    return values;
  }

  private static Map<String, Object> document(ColumnChange change) {
    return switch (change) {
      case ColumnChange.Added(String column, var type) -> change("added", column, "", type.sql());
      case ColumnChange.Dropped(String column, var type) ->
          change("dropped", column, type.sql(), "");
      case ColumnChange.Renamed(String before, String after) ->
          change("renamed", after, before, after);
      case ColumnChange.Retyped(String column, var before, var after) ->
          change("retyped", column, before.sql(), after.sql());
    };
  }

  private static Map<String, Object> change(
      String change, String column, String before, String after) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("change", change);
    values.put("column", column);
    values.put("before", before);
    values.put("after", after);
    return values;
  }

  static List<Map<String, @Nullable Object>> objects(Rows rows) {
    List<Map<String, @Nullable Object>> objects = new ArrayList<>();
    for (List<@Nullable Object> row : rows.rows()) {
      Map<String, @Nullable Object> object = new LinkedHashMap<>();
      for (int i = 0; i < row.size(); i++) {
        object.put(rows.columns().get(i).name(), row.get(i));
      }
      objects.add(object);
    }
    return objects;
  }
}
