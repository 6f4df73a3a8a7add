package dev.tarn.store;

import dev.tarn.vocabulary.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The rows that main and each branch have of their own, by table, and how they get from one to the
/// other.
record BranchRows(Sql sql) {
  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "tarn_consumed",
              """
              table_name, item, version, bytes, modified_ns, identity, outcome, row_count, rejected,
              run, at, reading\
              """,
              "id"),
          new Kind(
              "tarn_states",
              """
              table_name, fingerprint, metadata_location, inputs, run, at, row_count, bytes,
              description\
              """,
              "table_name"),
          new Kind(
              "tarn_parts", "table_name, part, fingerprint, inputs, made, run, at, reason", "part"),
          new Kind("tarn_lineage", "table_name, column_name, from_table, from_column, kind", "id"),
          new Kind("tarn_dropped", "table_name, metadata_location, is_view, run, at", "id"));

  private static final List<String> HISTORY = List.of("tarn_steps", "tarn_checks", "tarn_drifts");

  private record Kind(String table, String columns, String order) {}

  /// All tables that anything is known of.
  Set<TableName> tables(Scope scope) {
    Set<TableName> names = new TreeSet<>();
    new SqlPointers(sql, scope).all().forEach(pointer -> names.add(pointer.name()));
    for (Kind kind : KINDS) {
      names.addAll(
          sql.list(
              row -> row.table(1),
              "SELECT DISTINCT table_name FROM " + kind.table() + " WHERE branch = ?",
              scope.branch()));
    }
    return names;
  }

  /// What is known of these tables there is known here, and nothing else.
  void copy(Scope from, Scope to, Collection<TableName> tables) {
    for (Kind kind : KINDS) {
      sql.changeEach(
          "DELETE FROM " + kind.table() + " WHERE branch = ? AND table_name = ?",
          tables,
          table -> new Object[] {to.branch(), table});
      sql.changeEach(
          """
          INSERT INTO %s (branch, %s) SELECT %d, %s FROM %s
          WHERE branch = ? AND table_name = ? ORDER BY %s\
          """
              .formatted(
                  kind.table(),
                  kind.columns(),
                  to.branch(),
                  kind.columns(),
                  kind.table(),
                  kind.order()),
          tables,
          table -> new Object[] {from.branch(), table});
    }
  }

  /// The pointers there are those here; what was current here is remembered as the one before.
  void copyPointers(Scope from, Scope to, Collection<TableName> tables) {
    SqlPointers here = new SqlPointers(sql, to);
    Map<TableName, Pointer> before = byName(new SqlPointers(sql, to).all());
    Map<TableName, Pointer> after = byName(new SqlPointers(sql, from).all());
    for (TableName table : tables) {
      Optional<Pointer> was = Optional.ofNullable(before.get(table));
      Optional<Pointer> is = Optional.ofNullable(after.get(table));
      if (!was.map(Pointer::metadataLocation).equals(is.map(Pointer::metadataLocation))) {
        was.ifPresent(one -> here.drop(table, one.metadataLocation()));
        is.ifPresent(one ->
            here.insert(
                new Pointer(
                    table,
                    one.metadataLocation(),
                    was.map(Pointer::metadataLocation).or(one::previous),
                    one.view())));
      }
    }
  }

  private static Map<TableName, Pointer> byName(List<Pointer> pointers) {
    return pointers.stream().collect(Collectors.toMap(Pointer::name, Function.identity()));
  }

  /// What happened to these tables there is part of the history here, with the runs that did it.
  void moveHistory(Scope from, Scope to, Collection<TableName> tables) {
    sql.change("UPDATE tarn_runs SET branch = ? WHERE branch = ?", to.branch(), from.branch());
    for (String history : HISTORY) {
      sql.changeEach(
          "UPDATE " + history + " SET branch = ? WHERE branch = ? AND table_name = ?",
          tables,
          table -> new Object[] {to.branch(), from.branch(), table});
    }
  }

  void removeAll(long branch) {
    for (Kind kind : KINDS) {
      sql.change("DELETE FROM " + kind.table() + " WHERE branch = ?", branch);
    }
    for (String history : HISTORY) {
      sql.change("DELETE FROM " + history + " WHERE branch = ?", branch);
    }
    sql.change("DELETE FROM tarn_runs WHERE branch = ?", branch);
    sql.change("DELETE FROM tarn_notes WHERE branch = ?", branch);
    sql.change("DELETE FROM tarn_forks WHERE branch = ?", branch);
  }
}
