package dev.tarn.sql.change;

import dev.tarn.sql.change.ProofCase.Field;
import dev.tarn.sql.change.ProofCase.Row;
import dev.tarn.sql.change.ProofCase.StoredTable;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Throws tables: columns, rows, and which rows come and go at each step.
final class TableDice {
  private static final Map<String, Kind> POOL = new LinkedHashMap<>();

  static {
    POOL.put("k", Kind.INT);
    POOL.put("id", Kind.BIG);
    POOL.put("n", Kind.INT);
    POOL.put("name", Kind.TEXT);
    POOL.put("Code", Kind.TEXT);
    POOL.put("amount", Kind.DEC);
    POOL.put("price", Kind.REAL);
    POOL.put("flag", Kind.FLAG);
    POOL.put("at", Kind.TIME);
    POOL.put("day", Kind.DAY);
    POOL.put("odd Name", Kind.TEXT);
    POOL.put("group", Kind.INT);
    POOL.put("tags", Kind.TEXTS);
    POOL.put("nums", Kind.INTS);
    POOL.put("rec", Kind.RECORD);
    POOL.put("recs", Kind.RECORDS);
    POOL.put("big", Kind.WIDE);
    POOL.put("zoned", Kind.ZONED);
    POOL.put("uid", Kind.UUID);
    POOL.put("bytes", Kind.BYTES);
    POOL.put("pairs", Kind.MAPPED);
  }

  private static final List<String> NAMES = List.of("t0", "t1", "Order Lines", "group");

  private final Dice dice;

  TableDice(Dice dice) {
    this.dice = dice;
  }

  List<StoredTable> tables(int steps) {
    int count = dice.between(2, 4);
    List<StoredTable> tables = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String layer = i > 0 && dice.once(6) ? "bronze" : "silver";
      TableName name = new TableName(layer, layer.equals("bronze") ? "t0" : NAMES.get(i));
      if (tables.stream().anyMatch(table -> table.name().equals(name))) {
        continue;
      }
      List<Field> fields = fields(steps);
      tables.add(new StoredTable(name, fields, rows(fields, steps)));
    }
    return List.copyOf(tables);
  }

  private List<Field> fields(int steps) {
    List<String> pool = List.copyOf(POOL.keySet());
    List<String> chosen = new ArrayList<>(List.of("k"));
    pool.subList(1, 10).stream().filter(_ -> dice.once(2)).forEach(chosen::add);
    pool.subList(10, pool.size()).stream().filter(_ -> dice.once(7)).forEach(chosen::add);
    List<Field> fields = new ArrayList<>();
    for (String name : dice.shuffled(chosen)) {
      Kind kind = POOL.get(name);
      if (name.equals("k") && dice.once(6)) {
        kind = dice.of(Kind.BIG, Kind.DEC, Kind.REAL);
      }
      fields.add(new Field(name, kind.sql(), 0));
    }
    if (steps > 1 && dice.once(12)) {
      fields.add(new Field("added", Kind.INT.sql(), dice.between(1, steps)));
    }
    return List.copyOf(fields);
  }

  static Kind kind(Field field) {
    for (Kind kind : Kind.values()) {
      if (kind.sql().equals(field.type())) {
        return kind;
      }
    }
    throw new IllegalArgumentException(field.type());
  }

  /// What becomes of a table in a step.
  private enum Turn {
    NOTHING,
    APPEND,
    UPDATE,
    DELETE,
    MIXED,
    ALL
  }

  private List<Row> rows(List<Field> fields, int steps) {
    List<Row> rows = new ArrayList<>();
    int first = dice.once(8) ? 0 : dice.between(1, 9);
    IntStream.range(0, first).forEach(_ -> rows.add(fresh(fields, 0, rows)));
    for (int step = 1; step <= steps; step++) {
      turn(fields, step, rows);
    }
    return rows;
  }

  private void turn(List<Field> fields, int step, List<Row> rows) {
    Turn turn =
        dice.of(Turn.NOTHING, Turn.APPEND, Turn.UPDATE, Turn.DELETE, Turn.MIXED, Turn.MIXED);
    if (dice.once(10)) {
      turn = Turn.ALL;
    }
    if (turn == Turn.APPEND || turn == Turn.MIXED || turn == Turn.ALL && dice.once(2)) {
      int more = dice.between(1, 3);
      IntStream.range(0, more).forEach(_ -> rows.add(fresh(fields, step, rows)));
    }
    int leaving =
        switch (turn) {
          case NOTHING, APPEND -> 0;
          case UPDATE, DELETE, MIXED -> dice.between(1, 2);
          case ALL -> 99;
        };
    List<Integer> there =
        IntStream.range(0, rows.size())
            .filter(i -> rows.get(i).born() < step && rows.get(i).died() == Row.STAYS)
            .boxed()
            .toList();
    for (int i : dice.some(there, leaving, leaving)) {
      Row old = rows.get(i);
      rows.set(i, new Row(old.values(), old.born(), step));
      if (turn == Turn.UPDATE || turn == Turn.MIXED && dice.once(2)) {
        rows.add(updated(fields, old, step));
      }
    }
  }

  private Row updated(List<Field> fields, Row old, int step) {
    List<String> values = new ArrayList<>(old.values());
    int at = dice.below(fields.size());
    values.set(at, kind(fields.get(at)).value(dice));
    return new Row(values, step, Row.STAYS);
  }

  /// Now and then a row that is there already.
  private Row fresh(List<Field> fields, int step, List<Row> rows) {
    if (!rows.isEmpty() && dice.once(5)) {
      return new Row(dice.of(rows).values(), step, Row.STAYS);
    }
    return new Row(fields.stream().map(field -> kind(field).value(dice)).toList(), step, Row.STAYS);
  }
}
