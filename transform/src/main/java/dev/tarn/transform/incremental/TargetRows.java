package dev.tarn.transform.incremental;

import dev.tarn.sql.change.Bounds;
import dev.tarn.sql.change.Kept;
import dev.tarn.sql.change.QueryChange;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Finds in a table the rows that go. Rows that would go and come again, as they are, stay where
/// they are.
final class TargetRows {
  /// The column that numbers the table's rows.
  static final String ROW = "__tarn_row";

  private final EngineBench bench;
  private final TableName rows;
  private final Schema schema;
  private final List<String> key;
  private final Optional<Sieve> sieve;

  /// @param rows what reads the table's rows with their numbers
  TargetRows(
      EngineBench bench, TableName rows, Schema schema, List<String> key, Optional<Sieve> sieve) {
    this.bench = bench;
    this.rows = rows;
    this.schema = schema;
    this.key = key;
    this.sieve = sieve;
  }

  /// What to do to the table.
  ///
  /// @param gone the rows of the table that go
  /// @param come the rows that come
  /// @param added a query that gives the rows that come; empty when none do
  /// @param removedRows a query that gives the numbers of the rows that go; empty when none do
  /// @param held a query that gives all rows that are kept out of the table; empty without a sieve
  record Changed(
      Kept gone,
      Kept come,
      Optional<String> added,
      Optional<String> removedRows,
      Optional<String> held) {}

  /// Empty when the table does not hold a row that should go.
  Optional<Changed> changed(QueryChange.Outcome outcome) {
    return switch (outcome) {
      case QueryChange.ByKey byKey -> byKey(byKey);
      case QueryChange.ByRow byRow -> byRow(byRow);
    };
  }

  private Optional<Changed> byKey(QueryChange.ByKey byKey) {
    String condition = byKey.keys().rows() == 0 ? "false" : byKey.holds(bench);
    Kept there = bench.keep(numbered(condition));
    String all =
        columns(there)
            + heldRows().map(held -> " UNION ALL " + held + " WHERE " + condition).orElse("");
    Kept come = bench.keep(byKey.keys().rows() == 0 ? none() : made(byKey, all));
    Kept gone = bench.keep("(" + all + ") EXCEPT ALL SELECT * FROM " + come.sql());
    Kept fresh = bench.keep("SELECT * FROM " + come.sql() + " EXCEPT ALL (" + all + ")");
    return sieved(there, gone, fresh);
  }

  private String made(QueryChange.ByKey byKey, String there) {
    List<String> types = schema.columns().stream().map(column -> column.type().sql()).toList();
    return typed("(" + byKey.come(bench, () -> bench.keep(there), types) + "\n)");
  }

  private Optional<Changed> byRow(QueryChange.ByRow byRow) {
    String gone = union(byRow.gone());
    String come = union(byRow.come());
    Kept less = bench.keep(gone + " EXCEPT ALL " + come);
    Kept more = bench.keep(come + " EXCEPT ALL " + gone);
    String condition = less.rows() == 0 ? "false" : named(less);
    return sieved(bench.keep(numbered(condition)), less, more);
  }

  /// Of the rows that go and come, those that the table does not take are looked for and put among
  /// those held.
  private Optional<Changed> sieved(Kept there, Kept gone, Kept come) {
    if (sieve.isEmpty()) {
      return found(there, gone, come, Optional.empty());
    }
    Kept bad = bench.keep(sieve.get().bad(gone.sql()));
    String held = heldRows().orElse(none());
    if (bad.rows() > 0 && bench.any("SELECT * FROM " + bad.sql() + " EXCEPT ALL " + held)) {
      return Optional.empty();
    }
    String now =
        "("
            + held
            + " EXCEPT ALL SELECT * FROM "
            + bad.sql()
            + ") UNION ALL ("
            + sieve.get().bad(come.sql())
            + ")";
    return found(
        there,
        bench.keep(sieve.get().good(gone.sql())),
        bench.keep(sieve.get().good(come.sql())),
        Optional.of(now));
  }

  private Optional<String> heldRows() {
    return sieve.flatMap(Sieve::held).map(held -> "SELECT " + list() + " FROM " + held.sql());
  }

  private String none() {
    return "SELECT " + list() + " FROM " + rows.sql() + " WHERE false";
  }

  /// A condition that holds at least for the rows that are the same as one of these.
  private String named(Kept less) {
    List<String> known = schema.columns().stream().map(Column::name).filter(this::isKey).toList();
    List<String> columns =
        known.size() == key.size() && !known.isEmpty()
            ? known
            : schema.columns().stream().map(Column::name).toList();
    String row =
        columns.stream()
            .map(Identifiers::quote)
            .map(name -> name + " := " + name)
            .collect(Collectors.joining(", ", "struct_pack(", ")"));
    List<Bounds.Side> sides =
        columns.stream().map(name -> Bounds.Side.of(Identifiers.quote(name), name)).toList();
    return row + " IN (SELECT " + row + " FROM " + less.sql() + ")" + Bounds.of(sides, less, bench);
  }

  private boolean isKey(String column) {
    return key.stream().anyMatch(column::equalsIgnoreCase);
  }

  /// As many of the rows as there are too many, of each kind.
  private Optional<Changed> found(Kept there, Kept gone, Kept come, Optional<String> held) {
    Optional<String> added = query(come, "SELECT * FROM " + come.sql());
    if (gone.rows() == 0) {
      return Optional.of(new Changed(gone, come, added, Optional.empty(), held));
    }
    String row = list();
    Kept numbers =
        bench.keep(
            "SELECT "
                + ROW
                + " FROM (SELECT "
                + ROW
                + ", struct_pack("
                + packed()
                + ") AS v, row_number() OVER (PARTITION BY "
                + row
                + ") AS i FROM "
                + there.sql()
                + ") AS m JOIN (SELECT struct_pack("
                + packed()
                + ") AS v, count(*) AS n FROM "
                + gone.sql()
                + " GROUP BY "
                + row
                + ") AS g ON m.v IS NOT DISTINCT FROM g.v AND m.i <= g.n");
    return numbers.rows() == gone.rows()
        ? Optional.of(
            new Changed(
                gone,
                come,
                added,
                query(numbers, "SELECT " + ROW + " FROM " + numbers.sql()),
                held))
        : Optional.empty();
  }

  private static Optional<String> query(Kept rows, String sql) {
    return rows.rows() == 0 ? Optional.empty() : Optional.of(sql);
  }

  private String numbered(String condition) {
    return "SELECT " + ROW + ", " + list() + " FROM " + rows.sql() + " WHERE " + condition;
  }

  private String columns(Kept there) {
    return "SELECT " + list() + " FROM " + there.sql();
  }

  private String union(List<Kept> parts) {
    return parts.stream()
        .map(part -> typed(part.sql()))
        .collect(Collectors.joining(" UNION ALL ", "(", ")"));
  }

  /// Rows with the table's columns, as the table has them.
  private String typed(String relation) {
    List<Column> columns = schema.columns();
    String casts =
        IntStream.range(0, columns.size())
            .mapToObj(i ->
                "CAST(c%d AS %s) AS %s"
                    .formatted(
                        i, columns.get(i).type().sql(), Identifiers.quote(columns.get(i).name())))
            .collect(Collectors.joining(", "));
    String names =
        IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
    return "SELECT " + casts + " FROM " + relation + " AS result(" + names + ")";
  }

  private String list() {
    return schema.columns().stream()
        .map(column -> Identifiers.quote(column.name()))
        .collect(Collectors.joining(", "));
  }

  private String packed() {
    List<Column> columns = schema.columns();
    return IntStream.range(0, columns.size())
        .mapToObj(i -> "c" + i + " := " + Identifiers.quote(columns.get(i).name()))
        .collect(Collectors.joining(", "));
  }
}
