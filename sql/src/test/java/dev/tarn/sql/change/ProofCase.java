package dev.tarn.sql.change;

import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// A query, the tables that it reads, and how these change step by step. Each row says from which
/// step on it is there and at which it has gone, so that any row can be left out on its own.
///
/// @param views the SQL of each view
record ProofCase(List<StoredTable> tables, Map<TableName, String> views, String query, int steps) {
  private static final String BAR = " | ";

  ProofCase {
    tables = List.copyOf(tables);
    views = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(views));
  }

  record StoredTable(TableName name, List<Field> fields, List<Row> rows) {
    StoredTable {
      fields = List.copyOf(fields);
      rows = List.copyOf(rows);
    }

    StoredTable withRows(List<Row> others) {
      return new StoredTable(name, fields, others);
    }

    /// Whether anything about it changes at a step.
    boolean changesAt(int step) {
      return fields.stream().anyMatch(field -> field.since() == step)
          || rows.stream().anyMatch(row -> row.born() == step || row.died() == step);
    }

    boolean evolvesAt(int step) {
      return fields.stream().anyMatch(field -> field.since() == step);
    }

    List<Field> fieldsAt(int step) {
      return fields.stream().filter(field -> field.since() <= step).toList();
    }
  }

  /// A column.
  ///
  /// @param since the step at which it was added
  record Field(String name, String type, int since) {}

  /// @param values SQL of each value
  /// @param died the step at which it is there no more
  record Row(List<String> values, int born, int died) {
    static final int STAYS = 99;

    Row {
      values = List.copyOf(values);
    }

    boolean thereAt(int step) {
      return born <= step && step < died;
    }
  }

  ProofCase withQuery(String other) {
    return new ProofCase(tables, views, other, steps);
  }

  ProofCase withTables(List<StoredTable> others) {
    return new ProofCase(others, views, query, steps);
  }

  /// The tables that change at a step.
  TreeSet<TableName> changedAt(int step) {
    TreeSet<TableName> changed = new TreeSet<>();
    tables.stream()
        .filter(table -> table.changesAt(step))
        .forEach(table -> changed.add(table.name()));
    return changed;
  }

  /// The case as a file.
  String text() {
    StringBuilder out = new StringBuilder();
    for (StoredTable table : tables) {
      out.append("table ").append(table.name()).append('\n');
      for (Field field : table.fields()) {
        out.append("  column ").append(field.since()).append(BAR);
        out.append(field.type()).append(BAR).append(field.name()).append('\n');
      }
      for (Row row : table.rows()) {
        out.append("  row ").append(row.born()).append("..");
        out.append(row.died() == Row.STAYS ? "" : row.died()).append(BAR);
        out.append(String.join(BAR, row.values())).append('\n');
      }
    }
    views.forEach((name, sql) -> {
      out.append("view ").append(name).append('\n');
      out.append("  ").append(sql.replace("\n", " ")).append('\n');
    });
    out.append("query\n  ").append(query.strip().replace("\n", "\n  ")).append('\n');
    return out.toString();
  }

  /// Reads what [#text] wrote; lines that begin with `#` say why the case is there.
  static ProofCase read(String text) {
    Reading reading = new Reading();
    text.lines().filter(line -> !line.startsWith("#")).forEach(reading::line);
    return reading.whole();
  }

  private static final class Reading {
    private final List<StoredTable> tables = new ArrayList<>();
    private final Map<TableName, String> views = new LinkedHashMap<>();
    private final StringBuilder query = new StringBuilder();
    private String within = "";
    private int last;

    void line(String line) {
      String[] words = line.strip().split(" ", 2);
      if (!line.startsWith(" ")) {
        within = line;
        if (words[0].equals("table")) {
          tables.add(new StoredTable(TableName.parse(words[1]), List.of(), List.of()));
        }
      } else if (within.equals("query")) {
        query.append(line.substring(2)).append('\n');
      } else if (within.startsWith("view ")) {
        views.put(TableName.parse(within.substring(5)), line.strip());
      } else {
        part(words[0], List.of(words[1].split(" \\| ", -1)));
      }
    }

    private void part(String what, List<String> parts) {
      StoredTable table = tables.removeLast();
      List<Field> fields = new ArrayList<>(table.fields());
      List<Row> rows = new ArrayList<>(table.rows());
      if (what.equals("column")) {
        int since = Integer.parseInt(parts.get(0));
        last = Math.max(last, since);
        fields.add(new Field(parts.get(2), parts.get(1), since));
      } else {
        String[] life = parts.getFirst().split("\\.\\.", -1);
        int died = life[1].isEmpty() ? Row.STAYS : Integer.parseInt(life[1]);
        Row row = new Row(parts.subList(1, parts.size()), Integer.parseInt(life[0]), died);
        last = Math.max(last, Math.max(row.born(), died == Row.STAYS ? 0 : died));
        rows.add(row);
      }
      tables.add(new StoredTable(table.name(), fields, rows));
    }

    ProofCase whole() {
      return new ProofCase(tables, views, query.toString().strip(), last);
    }
  }
}
