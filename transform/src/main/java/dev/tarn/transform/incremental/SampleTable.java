package dev.tarn.transform.incremental;

import static java.util.stream.Collectors.joining;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.lake.LakeTable;
import dev.tarn.sql.change.InputChange;
import dev.tarn.sql.change.Kept;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A sample of a table that stands in the table's place in a session, and changes step by step:
/// rows of the sample go, come back, and take a value from another row.
final class SampleTable {
  private static final String ID = "__tarn_sample";

  private final EngineSession session;
  private final EngineConnection connection;
  private final LakeTable table;
  private final Schema schema;
  private final TableName pool;
  private final TableName state;

  SampleTable(EngineSession session, EngineConnection connection, LakeTable table) {
    this.session = session;
    this.connection = connection;
    this.table = table;
    this.schema = table.schema();
    this.pool = name("pool");
    this.state = name("state");
  }

  TableName table() {
    return table.name();
  }

  private TableName name(String what) {
    return new TableName(
        "tarn_sample", what + "_of__" + table.name().layer() + "__" + table.name().name());
  }

  /// Takes the sample.
  ///
  /// @param most at most so many rows
  /// @param together rows are taken by the values of this column, so that samples of several tables
  ///   have rows that belong together; empty to take any
  /// @param share one value of so many is taken
  void take(long most, Optional<String> together, long share, long seed) {
    TableName whole = name("whole");
    session.expose(whole, table.scan());
    String chosen =
        together
            .map(column ->
                " WHERE hash(%s, %d) %% %d = 0".formatted(Identifiers.quote(column), seed, share))
            .orElse("");
    String sample =
        "SELECT * FROM (SELECT * FROM %s%s) USING SAMPLE reservoir(%d ROWS) REPEATABLE (%d)"
            .formatted(whole.sql(), chosen, most, seed);
    connection.hold(
        "SELECT row_number() OVER () - 1 AS " + ID + ", * FROM (" + sample + ")",
        pool,
        identified());
    connection.hold(
        "SELECT * FROM " + pool.sql() + " WHERE hash(" + ID + ", " + seed + ") % 4 > 0",
        state,
        identified());
    session.exposeEmpty(whole, schema);
    show("");
  }

  private Schema identified() {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.of(ID, Type.Primitive.BIGINT));
    schema.columns().forEach(column -> columns.add(Column.of(column.name(), column.type())));
    return new Schema(columns);
  }

  /// Puts the rows in the table's place, in any order.
  void show(String order) {
    connection.hold(rows(state) + order, table.name(), schema);
  }

  /// Puts the same rows in the table's place in another order.
  void shuffle(long seed) {
    show(" ORDER BY hash(" + ID + ", " + seed + ")");
  }

  private String rows(TableName from) {
    return "SELECT " + columns("") + " FROM " + from.sql();
  }

  private String columns(String alias) {
    return schema.columns().stream()
        .map(column -> alias + Identifiers.quote(column.name()))
        .collect(joining(", "));
  }

  /// Changes some rows, and says which.
  InputChange change(long seed) {
    TableName before = name("before");
    connection.hold(rows(state), before, schema);
    connection.hold(changed(seed), state, identified());
    show("");
    return new InputChange(
        List.of(before.layer(), before.name()),
        less("gone", before, table.name()),
        less("come", table.name(), before));
  }

  /// Of every 12 rows one goes, one comes if it is not there, and one takes a value of another row.
  private String changed(long seed) {
    String stay =
        "SELECT * FROM " + state.sql() + " AS s WHERE " + die("s", seed) + " NOT IN (0, 2)";
    String altered =
        "SELECT s."
            + ID
            + ", "
            + altered(seed)
            + " FROM "
            + state.sql()
            + " AS s JOIN "
            + pool.sql();
    String by =
        " AS q ON q.%1$s = (s.%1$s * 7 + %2$d) %% (SELECT count(*) FROM %3$s) WHERE %4$s = 2"
            .formatted(ID, Math.floorMod(seed, 1000), pool.sql(), die("s", seed));
    String come =
        "SELECT * FROM %1$s AS p WHERE %2$s = 1 AND p.%3$s NOT IN (SELECT %3$s FROM %4$s)"
            .formatted(pool.sql(), die("p", seed), ID, state.sql());
    return stay + " UNION ALL " + altered + by + " UNION ALL " + come;
  }

  private static String die(String alias, long seed) {
    return "hash(" + alias + "." + ID + ", " + seed + ") % 12";
  }

  /// The columns of row s, one of them of row q.
  private String altered(long seed) {
    int replaced = Math.floorMod(seed, schema.columns().size());
    return IntStream.range(0, schema.columns().size())
        .mapToObj(
            i -> (i == replaced ? "q." : "s.") + Identifiers.quote(schema.columns().get(i).name()))
        .collect(joining(", "));
  }

  private Kept less(String what, TableName rows, TableName others) {
    TableName name = name(what);
    connection.hold(
        "SELECT * FROM %s EXCEPT ALL SELECT * FROM %s".formatted(rows.sql(), others.sql()),
        name,
        schema);
    long count = ((Number) one("SELECT count(*) FROM " + name.sql())).longValue();
    return new Kept(
        List.of(name.layer(), name.name()),
        schema.columns().stream().map(Column::name).toList(),
        count);
  }

  private Object one(String sql) {
    return connection.query(sql, 1).rows().getFirst().getFirst();
  }
}
