package dev.tarn.store;

import dev.tarn.store.Fork.Since;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The branches in `tarn_branches`, and in `tarn_forks` what each table was when they parted.
record SqlBranches(Sql sql, Scope scope) implements Branches {
  private static final String COLUMNS =
      """
      SELECT id, name, created_at, updated_at,
        (SELECT r.run FROM tarn_runs r WHERE r.branch = 0 AND r.id <= runs_seen
         ORDER BY r.id DESC LIMIT 1)
      FROM tarn_branches WHERE dropped_at IS NULL\
      """;

  @Override
  public List<BranchRecord> all() {
    return sql.list(SqlBranches::read, COLUMNS + " ORDER BY name");
  }

  @Override
  public Optional<BranchRecord> find(String name) {
    return sql.first(SqlBranches::read, COLUMNS + " AND name = ?", name);
  }

  private static BranchRecord read(Row row) {
    return new BranchRecord(
        row.number(1),
        row.text(2),
        row.maybeText(5).map(RunId::new),
        row.instant(3),
        row.instant(4));
  }

  @Override
  public boolean create(String name, Instant now) {
    int made =
        sql.change(
            """
            INSERT INTO tarn_branches (name, created_at, updated_at, runs_seen, steps_seen, checks_seen,
              drifts_seen)
            VALUES (?, ?, ?, 0, 0, 0, 0) ON CONFLICT DO NOTHING\
            """,
            name,
            now,
            now);
    if (made == 0) {
      return false;
    }
    update(find(name).orElseThrow(), rows().tables(Scope.MAIN), now);
    return true;
  }

  @Override
  public List<Fork> forks(BranchRecord branch) {
    Scope there = required(branch);
    Marks main = Marks.of(sql, Scope.MAIN);
    Marks own = Marks.of(sql, there);
    Map<TableName, Parted> parted = parted(branch);
    Set<TableName> names = new TreeSet<>(rows().tables(Scope.MAIN));
    names.addAll(rows().tables(there));
    names.addAll(parted.keySet());
    Map<TableName, Pointer> mainPointers = pointers(Scope.MAIN);
    Map<TableName, Pointer> ownPointers = pointers(there);
    List<Fork> forks = new ArrayList<>();
    for (TableName name : names) {
      Parted then = parted.getOrDefault(name, Parted.NOTHING);
      forks.add(
          new Fork(
              name,
              Optional.of(then.location()).filter(text -> !text.isEmpty()),
              Optional.ofNullable(mainPointers.get(name)),
              Optional.ofNullable(ownPointers.get(name)),
              then.main().since(name, main),
              then.branch().since(name, own)));
    }
    return forks;
  }

  private Map<TableName, Pointer> pointers(Scope of) {
    Map<TableName, Pointer> pointers = new HashMap<>();
    new SqlPointers(sql, of).all().forEach(pointer -> pointers.put(pointer.name(), pointer));
    return pointers;
  }

  @Override
  public Set<String> parted() {
    return new HashSet<>(
        sql.list(
            row -> row.text(1),
            "SELECT DISTINCT parted_location FROM tarn_forks WHERE parted_location <> ''"));
  }

  /// What a table was when main and branch parted.
  private record Parted(String location, Mark main, Mark branch) {
    static final Parted NOTHING = new Parted("", Mark.NOTHING, Mark.NOTHING);
  }

  private record Mark(String location, String taken, String state) {
    static final Mark NOTHING = new Mark("", "", "");

    Since since(TableName table, Marks now) {
      return now.since(table, location, taken, state);
    }
  }

  private Map<TableName, Parted> parted(BranchRecord branch) {
    Map<TableName, Parted> parted = new HashMap<>();
    sql.list(
        row ->
            parted.put(
                row.table(1),
                new Parted(
                    row.text(2),
                    new Mark(row.text(3), row.text(4), row.text(5)),
                    new Mark(row.text(6), row.text(7), row.text(8)))),
        """
        SELECT table_name, parted_location, main_location, main_taken, main_state, branch_location,
          branch_taken, branch_state
        FROM tarn_forks WHERE branch = ?\
        """,
        branch.id());
    return parted;
  }

  @Override
  public void update(BranchRecord branch, Collection<TableName> tables, Instant now) {
    Scope there = required(branch);
    rows().copyPointers(Scope.MAIN, there, tables);
    rows().copy(Scope.MAIN, there, tables);
    part(branch, there, tables);
    sql.change(
        """
        UPDATE tarn_branches SET updated_at = ?,
          runs_seen = (SELECT coalesce(max(id), 0) FROM tarn_runs),
          steps_seen = (SELECT coalesce(max(id), 0) FROM tarn_steps),
          checks_seen = (SELECT coalesce(max(id), 0) FROM tarn_checks),
          drifts_seen = (SELECT coalesce(max(id), 0) FROM tarn_drifts)
        WHERE id = ?\
        """,
        now,
        branch.id());
  }

  private void part(BranchRecord branch, Scope there, Collection<TableName> tables) {
    Marks main = Marks.of(sql, Scope.MAIN);
    Marks own = Marks.of(sql, there);
    sql.changeEach(
        "DELETE FROM tarn_forks WHERE branch = ? AND table_name = ?",
        tables,
        table -> new Object[] {branch.id(), table});
    sql.changeEach(
        """
        INSERT INTO tarn_forks (branch, table_name, parted_location, main_location, main_taken,
          main_state, branch_location, branch_taken, branch_state)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        tables,
        table ->
            new Object[] {
              branch.id(),
              table,
              own.location(table),
              main.location(table),
              main.taken(table),
              main.state(table),
              own.location(table),
              own.taken(table),
              own.state(table)
            });
  }

  @Override
  public void merge(BranchRecord branch, Collection<TableName> tables) {
    Scope there = required(branch);
    rows().copy(there, Scope.MAIN, tables);
    rows().moveHistory(there, Scope.MAIN, tables);
  }

  @Override
  public void carryOver(TableName table, String from, String to) {
    if (scope.isMain()) {
      sql.change(
          "UPDATE tarn_forks SET main_location = ? WHERE table_name = ? AND main_location = ?",
          to,
          table,
          from);
    }
  }

  @Override
  public void drop(BranchRecord branch, Instant now) {
    Scope there = required(branch);
    rows().removeAll(branch.id());
    sql.change(
        "UPDATE iceberg_tables SET catalog_name = ? WHERE catalog_name = ?",
        Scope.droppedCatalog(branch.id()),
        there.catalog());
    sql.change("DELETE FROM iceberg_namespace_properties WHERE catalog_name = ?", there.catalog());
    sql.change(
        "UPDATE tarn_branches SET name = NULL, dropped_at = ? WHERE id = ?", now, branch.id());
  }

  @Override
  public void forget(Instant before) {
    List<Long> gone =
        sql.list(row -> row.number(1), "SELECT id FROM tarn_branches WHERE dropped_at < ?", before);
    sql.changeEach(
        "DELETE FROM iceberg_tables WHERE catalog_name = ?",
        gone,
        id -> new Object[] {Scope.droppedCatalog(id)});
  }

  private Scope required(BranchRecord branch) {
    return Scope.required(sql, branch.id(), branch.name());
  }

  private BranchRows rows() {
    return new BranchRows(sql);
  }
}
