package dev.tarn.engine.change;

import static java.util.stream.Collectors.joining;

import dev.tarn.lake.FieldNode;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.stream.IntStream;

/// The query that finds the rows that differ, in pairs: `before` and `after` are structs of all
/// columns, one of them NULL where there is no such row.
///
/// Rows are first weighed by a hash: +1 for each after, -1 for each before. Only rows of a hash
/// whose weights do not cancel out are then compared themselves, by GROUP BY, for which NULL is
/// NULL and NaN is NaN; so rows that were merely written anew cost a number each and not
/// themselves, and everything that grows with the data can be spilled to disk. Within the query the
/// columns are called c0, c1 …, so that no name of theirs is taken for one of the query's own.
final class PairsSql {
  private final TableName before;
  private final TableName after;
  private final List<FieldNode> columns;
  private final List<String> key;

  PairsSql(TableName before, TableName after, List<FieldNode> columns, List<String> key) {
    this.before = before;
    this.after = after;
    this.columns = columns;
    this.key = key;
  }

  /// All rows of one side, when the other side has none.
  String alone(boolean added) {
    String row = row();
    String none = "CAST(NULL AS " + type() + ")";
    return added
        ? "SELECT " + none + " AS \"before\", " + row + " AS \"after\" FROM " + numbered(after)
        : "SELECT " + row + " AS \"before\", " + none + " AS \"after\" FROM " + numbered(before);
  }

  String both() {
    return "WITH weights AS MATERIALIZED (SELECT h FROM (SELECT "
        + hash()
        + " AS h, -1 AS n FROM "
        + numbered(before)
        + " UNION ALL SELECT "
        + hash()
        + ", 1 FROM "
        + numbered(after)
        + ") AS r GROUP BY h HAVING sum(n) <> 0),\ndiffering AS MATERIALIZED (SELECT "
        + row()
        + " AS v, "
        + hash()
        + " AS h, sum(n)::BIGINT AS n FROM ("
        + weighed(before, -1)
        + " UNION ALL "
        + weighed(after, 1)
        + ") AS r GROUP BY "
        + names()
        + " HAVING sum(n) <> 0),\n"
        + side("gone", "-n")
        + ",\n"
        + side("come", "n")
        + "\nSELECT gone.v AS \"before\", come.v AS \"after\" FROM gone FULL JOIN come ON "
        + matching();
  }

  /// A table's rows, the columns by number.
  private String numbered(TableName table) {
    return IntStream.range(0, columns.size())
        .mapToObj(i -> Identifiers.quote(columns.get(i).name()) + " AS c" + i)
        .collect(joining(", ", "(SELECT ", " FROM " + table.sql() + ") AS t"));
  }

  private String weighed(TableName table, int weight) {
    return "SELECT "
        + names()
        + ", "
        + weight
        + " AS n FROM "
        + numbered(table)
        + " WHERE "
        + hash()
        + " IN (SELECT h FROM weights)";
  }

  /// Each row as often as it is too many, numbered within its key, should a key not be one.
  private String side(String name, String times) {
    String number =
        key.isEmpty()
            ? "0"
            : "row_number() OVER (PARTITION BY "
                + key.stream().map(PairsSql::part).collect(joining(", "))
                + " ORDER BY h)";
    return name
        + " AS (SELECT v, "
        + number
        + " AS i FROM (SELECT v, h, unnest(range("
        + times
        + ")) FROM differing WHERE "
        + times
        + " > 0) AS r)";
  }

  /// A row whose key is NULL, wholly or in part, is nobody's other version.
  private String matching() {
    return key.isEmpty()
        ? "false"
        : key.stream()
            .map(name -> part("gone", name) + " = " + part("come", name))
            .collect(joining(" AND ", "", " AND gone.i = come.i"));
  }

  private static String part(String name) {
    return "struct_extract(v, " + Identifiers.literal(name) + ")";
  }

  private static String part(String table, String name) {
    return "struct_extract(" + table + ".v, " + Identifiers.literal(name) + ")";
  }

  private String names() {
    return IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).collect(joining(", "));
  }

  private String row() {
    return IntStream.range(0, columns.size())
        .mapToObj(i -> Identifiers.quote(columns.get(i).name()) + " := c" + i)
        .collect(joining(", ", "struct_pack(", ")"));
  }

  private String type() {
    return columns.stream()
        .map(column -> Identifiers.quote(column.name()) + " " + column.type().sql())
        .collect(joining(", ", "STRUCT(", ")"));
  }

  /// DuckDB's hash of a nested value does not tell a NULL from a value of NULLs: its text does.
  private String hash() {
    return IntStream.range(0, columns.size())
        .mapToObj(
            i -> columns.get(i).children().isEmpty() ? "c" + i : "CAST(c" + i + " AS VARCHAR)")
        .collect(joining(", ", "hash(", ")"));
  }
}
