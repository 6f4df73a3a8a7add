package dev.tarn.sql.change;

import dev.tarn.sql.Query;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Follows the changes of a [ProofCase] and compares with a recompute after each step.
final class Proof {
  private static final int ORDERS = 5;

  private final ChangeLab lab;
  private final ProofCase given;
  private final List<String> reasons = new ArrayList<>();
  private int followed;

  private Proof(ChangeLab lab, ProofCase given) {
    this.lab = lab;
    this.given = given;
  }

  /// How it went.
  sealed interface Verdict {
    /// After each step the two were the same.
    ///
    /// @param followed the steps that were not computed anew
    /// @param stopped why others were
    record Equal(int followed, List<String> stopped) implements Verdict {}

    /// The two were not the same.
    record Different(int step, String how, String what) implements Verdict {}

    /// The query gives one result or another for the same rows.
    record Open() implements Verdict {}

    /// The engine does not compute the query on these rows.
    record Unfit(String why) implements Verdict {}
  }

  static Verdict of(ChangeLab lab, ProofCase given) throws SQLException {
    return new Proof(lab, given).verdict();
  }

  private Verdict verdict() throws SQLException {
    lab.clear();
    List<String> names;
    try {
      for (ProofCase.StoredTable table : given.tables()) {
        lab.store(table);
        make(table, 0, "");
      }
      for (Map.Entry<TableName, String> view : given.views().entrySet()) {
        lab.run("CREATE VIEW " + view.getKey().sql() + " AS " + view.getValue());
      }
      names = lab.shape(given.query()).names();
      recompute("target", names);
    } catch (SQLException e) {
      return new Verdict.Unfit(String.valueOf(e.getMessage()));
    }
    for (int step = 1; step <= given.steps(); step++) {
      Optional<Verdict> end = step(step, names);
      if (end.isPresent()) {
        return end.get();
      }
    }
    return new Verdict.Equal(followed, List.copyOf(reasons));
  }

  /// Makes a table as it is at a step.
  private void make(ProofCase.StoredTable table, int step, String order) throws SQLException {
    lab.make(
        table.name().sql(),
        table,
        step,
        "tarn_born <= %d AND %d < tarn_died".formatted(step, step) + order);
  }

  private Optional<Verdict> step(int step, List<String> names) throws SQLException {
    TreeSet<TableName> changed = given.changedAt(step);
    boolean evolves = given.tables().stream().anyMatch(table -> table.evolvesAt(step));
    try {
      for (ProofCase.StoredTable table : given.tables()) {
        if (changed.contains(table.name())) {
          lab.run(
              "CREATE OR REPLACE TABLE "
                  + ChangeLab.was(table.name())
                  + " AS FROM "
                  + table.name().sql());
          make(table, step, "");
        }
      }
      recompute("expected", names);
    } catch (SQLException e) {
      return Optional.of(new Verdict.Unfit(String.valueOf(e.getMessage())));
    }
    if (evolves || !lab.shape(given.query()).names().equals(names)) {
      recompute("target", names);
      return Optional.empty();
    }
    String how = "";
    try {
      switch (QueryChange.of(
          lab.parser(), parsed(given.query()), changed, this::view, table -> schema(table, step))) {
        case QueryChange.Stopped(Obstacle obstacle) -> {
          reasons.add(obstacle.what());
          recompute("target", names);
        }
        case QueryChange.Followed(QueryChange change) -> {
          how = change.how();
          apply(change.compute(lab, changes(changed, step)), names);
          followed++;
        }
      }
    } catch (IllegalStateException | SQLException | ClassCastException | Failure e) {
      return Optional.of(
          String.valueOf(e.getMessage()).contains("INTERNAL")
              ? new Verdict.Unfit("a fault of the engine: " + e.getMessage())
              : new Verdict.Different(step, how, "it fails: " + e));
    }
    String difference = compared("target", "expected");
    if (difference.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        open(step, names) ? new Verdict.Open() : new Verdict.Different(step, how, difference));
  }

  private Query parsed(String sql) {
    return lab.parser().parse(sql);
  }

  private Optional<Query> view(TableName name) {
    return Optional.ofNullable(given.views().get(name)).map(this::parsed);
  }

  private Optional<dev.tarn.vocabulary.Schema> schema(TableName name, int step) {
    return given.tables().stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .map(table -> ChangeLab.schema(table.fieldsAt(step)));
  }

  private Map<TableName, InputChange> changes(TreeSet<TableName> changed, int step)
      throws SQLException {
    Map<TableName, InputChange> changes = new HashMap<>();
    for (ProofCase.StoredTable table : given.tables()) {
      if (!changed.contains(table.name())) {
        continue;
      }
      changes.put(
          table.name(),
          new InputChange(
              List.of("was", table.name().layer() + "_" + table.name().name()),
              delta(table, step, "gone", "tarn_died = " + step),
              delta(table, step, "come", "tarn_born = " + step)));
    }
    return changes;
  }

  private Kept delta(ProofCase.StoredTable table, int step, String what, String condition)
      throws SQLException {
    String name = table.name().layer() + "_" + table.name().name() + "_" + what;
    String sql = "delta." + dev.tarn.vocabulary.Identifiers.quote(name);
    lab.make(sql, table, step, condition);
    return new Kept(
        List.of("delta", name),
        table.fieldsAt(step).stream().map(ProofCase.Field::name).toList(),
        Long.parseLong(lab.text("SELECT count(*) FROM " + sql).strip()));
  }

  private void recompute(String table, List<String> names) throws SQLException {
    lab.run(
        "CREATE OR REPLACE TABLE "
            + table
            + " AS SELECT * FROM ("
            + given.query()
            + "\n) AS q("
            + columns(names)
            + ")");
  }

  private static String columns(List<String> names) {
    return IntStream.range(0, names.size())
        .mapToObj(i -> "c" + i)
        .collect(Collectors.joining(", "));
  }

  private void apply(QueryChange.Outcome outcome, List<String> names) throws SQLException {
    switch (outcome) {
      case QueryChange.ByKey byKey -> {
        List<String> lower =
            names.stream().map(name -> name.toLowerCase(java.util.Locale.ROOT)).toList();
        List<String> values =
            byKey.columns().stream()
                .map(column -> "c" + lower.indexOf(column.toLowerCase(java.util.Locale.ROOT)))
                .toList();
        String keyed = " FROM target WHERE " + Snippets.among(values, byKey.keys(), true);
        List<String> types = lab.shape("SELECT * FROM expected").types();
        String come = byKey.come(lab, () -> lab.keep("SELECT *" + keyed), types);
        typed(come);
        Kept rows = lab.keep(come);
        lab.run("DELETE" + keyed);
        lab.run("INSERT INTO target SELECT * FROM " + rows.sql());
      }
      case QueryChange.ByRow(List<Kept> gone, List<Kept> come) -> {
        for (Kept rows : come) {
          typed("SELECT * FROM " + rows.sql());
        }
        Kept all = lab.keep("SELECT * FROM target" + union(come));
        Kept less = lab.keep("SELECT * FROM target WHERE false" + union(gone));
        String missing = "SELECT * FROM " + less.sql() + " EXCEPT ALL SELECT * FROM " + all.sql();
        if (lab.any(missing)) {
          throw new IllegalStateException("rows go that were not there: " + lab.text(missing));
        }
        lab.run(
            "CREATE OR REPLACE TABLE target AS SELECT * FROM "
                + all.sql()
                + " EXCEPT ALL SELECT * FROM "
                + less.sql());
      }
    }
  }

  private void typed(String come) throws SQLException {
    List<String> types = lab.shape(come).types();
    List<String> expected = lab.shape("SELECT * FROM expected").types();
    if (!types.equals(expected)) {
      throw new IllegalStateException("types " + types + " instead of " + expected);
    }
  }

  private static String union(List<Kept> rows) {
    return rows.stream()
        .map(one -> " UNION ALL SELECT * FROM " + one.sql())
        .collect(Collectors.joining());
  }

  private String compared(String left, String right) throws SQLException {
    String more = lab.text("SELECT * FROM " + left + " EXCEPT ALL SELECT * FROM " + right);
    String less = lab.text("SELECT * FROM " + right + " EXCEPT ALL SELECT * FROM " + left);
    return (more.isEmpty() ? "" : "too many:\n" + more)
        + (less.isEmpty() ? "" : "missing:\n" + less);
  }

  /// Whether the same rows in another order give another result, before the step or after it.
  private boolean open(int step, List<String> names) throws SQLException {
    for (int at = step - 1; at <= step; at++) {
      for (int order = 0; order < ORDERS; order++) {
        for (ProofCase.StoredTable table : given.tables()) {
          make(table, at, order == 0 ? "" : " ORDER BY hash(rowid + " + order + ")");
        }
        recompute(order == 0 ? "expected" : "shuffled", names);
        if (order > 0 && !compared("shuffled", "expected").isEmpty()) {
          return true;
        }
      }
    }
    return false;
  }
}
