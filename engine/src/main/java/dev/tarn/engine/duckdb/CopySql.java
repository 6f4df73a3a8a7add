package dev.tarn.engine.duckdb;

import dev.tarn.lake.FieldNode;
import dev.tarn.lake.SortKey;
import dev.tarn.lake.WriteTarget;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The COPY statement that writes a query's result as files of a table.
final class CopySql {
  private static final String FORMAT = "FORMAT parquet, COMPRESSION zstd, RETURN_STATS";
  private static final String KEY = "__tarn_partition_";
  private static final String MARK = "__tarn_mark";

  /// What the first key of a row begins with that was set aside; those of partitions begin with
  /// other letters, see [PartitionSql#name]. Where keys are numbers, it is less than all of them.
  private static final String ASIDE = "a";

  private static final long BELOW_ALL = 1L << 40;

  private CopySql() {}

  /// The column of the partition's n-th part.
  static String partitionColumn(int n) {
    return KEY + n;
  }

  static SqlText of(String query, WriteTarget target, Path staging) {
    String to =
        Identifiers.literal((inOrder(query, target) ? orderedFile(staging) : staging).toString());
    String before = "COPY (" + head(target) + "SELECT " + casts(target) + "\nFROM (\n";
    String after = "\n) AS q" + tail(target) + ") TO " + to + " (" + options(query, target) + ")";
    return SqlText.of(before, query, after);
  }

  /// Rows with a mark other than 0 are put into partitions of their own, by their mark.
  static SqlText sifted(String query, WriteTarget target, Path staging, String mark) {
    StringBuilder keys = new StringBuilder(firstKey(target));
    keys.append(" AS ").append(partitionColumn(0));
    for (int i = 1; i < target.partition().size(); i++) {
      keys.append(",\nCASE WHEN " + MARK + " = 0 THEN ").append(key(target, i));
      keys.append(" END AS ").append(partitionColumn(i));
    }
    String marked = "SELECT *, CAST(" + mark + " AS BIGINT) AS " + MARK;
    String before =
        "COPY (SELECT * EXCLUDE ("
            + MARK
            + "),\n"
            + keys
            + "\nFROM ("
            + marked
            + "\nFROM (SELECT "
            + casts(target)
            + "\nFROM (\n";
    String to = Identifiers.literal(staging.toString());
    String options = options(target, Math.max(1, target.partition().size()));
    return SqlText.of(before, query, "\n) AS q) AS this)) TO " + to + " (" + options + ")");
  }

  private static String firstKey(WriteTarget target) {
    boolean number = !target.partition().isEmpty() && number(target, 0).isPresent();
    String key = target.partition().isEmpty() ? "'x'" : key(target, 0);
    String aside = number ? -BELOW_ALL + " - " + MARK : "'" + ASIDE + "' || " + MARK;
    return "CASE WHEN " + MARK + " = 0 THEN " + key + " ELSE " + aside + " END";
  }

  /// The mark of the rows of a file; 0 for those that were not set aside.
  static long mark(CopiedFile file) {
    String key = file.keys().get(partitionColumn(0));
    if (key != null && key.startsWith(ASIDE)) {
      return Long.parseLong(key.substring(1));
    }
    boolean negative = key != null && key.startsWith("-");
    return negative ? Math.max(0, -Long.parseLong(key) - BELOW_ALL) : 0;
  }

  /// Whether rows are to stay in the order that the query or the target gives. DuckDB can do so
  /// only into one file; otherwise it writes with all its threads, row groups as they come.
  static boolean inOrder(String query, WriteTarget target) {
    return target.partition().isEmpty()
        && (!target.sort().isEmpty() || SqlWords.of(query).ordered());
  }

  static Path orderedFile(Path staging) {
    return staging.resolve("ordered.parquet");
  }

  /// Writes a file anew in the target's order, or some of its rows.
  static String rewrite(WriteTarget target, Path from, String clause, Path to) {
    String rows =
        "SELECT "
            + casts(target)
            + " FROM read_parquet(["
            + Identifiers.literal(from.toString())
            + "], hive_partitioning = false)"
            + clause;
    return "COPY ("
        + rows
        + ") TO "
        + Identifiers.literal(to.toString())
        + " ("
        + FORMAT
        + ", FIELD_IDS "
        + fields(target.columns())
        + ", PRESERVE_ORDER true)";
  }

  private static String casts(WriteTarget target) {
    return target.columns().stream().map(CopySql::cast).collect(Collectors.joining(",\n"));
  }

  private static String cast(FieldNode column) {
    String name = Identifiers.quote(column.name());
    String value = "CAST(" + name + " AS " + column.type().sql() + ")";
    return RequiredParts.checked(value, column) + " AS " + name;
  }

  /// Partitions and order are computed from the values as they are stored, that is after the casts.
  private static String head(WriteTarget target) {
    if (target.partition().isEmpty() && target.sort().isEmpty()) {
      return "";
    }
    StringBuilder sql = new StringBuilder("SELECT *");
    for (int i = 0; i < target.partition().size(); i++) {
      sql.append(",\n").append(key(target, i)).append(" AS ").append(partitionColumn(i));
    }
    return sql.append("\nFROM (").toString();
  }

  private static String tail(WriteTarget target) {
    if (target.partition().isEmpty() && target.sort().isEmpty()) {
      return "";
    }
    return target.partition().isEmpty() ? ")" + order(target) : ")";
  }

  static String order(WriteTarget target) {
    return " ORDER BY "
        + target.sort().stream().map(CopySql::sort).collect(Collectors.joining(", "));
  }

  private static String sort(SortKey key) {
    return Identifiers.quote(key.column())
        + (key.descending() ? " DESC" : " ASC")
        + (key.nullsFirst() ? " NULLS FIRST" : " NULLS LAST");
  }

  /// The n-th part of the partition as SQL over the table's columns.
  static String partitionValue(WriteTarget target, int n) {
    return PartitionSql.value(target.partition().get(n), column(target, n));
  }

  /// The n-th part of the partition as it is put into a folder's name: numbers as they are, which
  /// is much cheaper to group by than text.
  private static String key(WriteTarget target, int n) {
    return number(target, n)
        .map(number -> "CAST(" + number + " AS BIGINT)")
        .orElseGet(() -> PartitionSql.name(partitionValue(target, n)));
  }

  private static Optional<String> number(WriteTarget target, int n) {
    return PartitionSql.number(target.partition().get(n), column(target, n));
  }

  private static FieldNode column(WriteTarget target, int n) {
    String name = target.partition().get(n).column();
    return target.columns().stream()
        .filter(candidate -> candidate.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() ->
            Failure.input(target.table() + " is partitioned by '" + name + "', which it lacks"));
  }

  private static String options(String query, WriteTarget target) {
    return inOrder(query, target)
        ? FORMAT + ", FIELD_IDS " + fields(target.columns()) + ", PRESERVE_ORDER true"
        : options(target, target.partition().size());
  }

  private static String options(WriteTarget target, int keys) {
    List<String> options = new ArrayList<>();
    options.add(FORMAT);
    options.add("FIELD_IDS " + fields(target.columns()));
    options.add("FILE_SIZE_BYTES " + target.fileBytes());
    if (keys > 0) {
      options.add(
          IntStream.range(0, keys)
              .mapToObj(CopySql::partitionColumn)
              .collect(Collectors.joining(", ", "PARTITION_BY (", ")")));
    }
    return String.join(", ", options);
  }

  private static String fields(List<FieldNode> fields) {
    return fields.stream()
        .map(field -> Identifiers.quote(field.name()) + ": " + ids(field))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String ids(FieldNode field) {
    return switch (field.type()) {
      case Type.Primitive _, Type.Decimal _ -> String.valueOf(field.id());
      case Type.Struct _ -> nested(field.id(), fields(field.children()).substring(1));
      case Type.ListOf _ -> nested(field.id(), "element: " + ids(field.children().get(0)) + "}");
      case Type.MapOf _ ->
          nested(
              field.id(),
              "key: "
                  + ids(field.children().get(0))
                  + ", value: "
                  + ids(field.children().get(1))
                  + "}");
    };
  }

  private static String nested(int id, String rest) {
    return "{__duckdb_field_id: " + id + ", " + rest;
  }
}
