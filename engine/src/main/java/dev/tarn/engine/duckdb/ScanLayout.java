package dev.tarn.engine.duckdb;

import dev.tarn.lake.FieldNode;
import dev.tarn.lake.Matching;
import dev.tarn.lake.Scan;
import dev.tarn.lake.ScanFile;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.Type;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.duckdb.DuckDBConnection;

/// Reads snapshots, most by the ids of their columns alone. Others have files that must be read in
/// groups: those of which rows are left out; those that carry no ids; and those of another layout,
/// because DuckDB matches fields inside structs by name, so after a rename in a struct it would
/// silently return NULL or another field's values. Each group is then read as it is, and nested
/// values are rebuilt by id.
final class ScanLayout {
  /// With so few rows to read, their places are written into the query, so that DuckDB skips what
  /// is between them.
  private static final long FEW = 10_000;

  private final DuckDBConnection connection;
  private final Scan scan;
  private final Optional<String> rowColumn;
  private Optional<ListedRows> listed = Optional.empty();

  /// @param rowColumn the name of a column more, a number that tells rows apart: it is made of the
  ///   place of a row's file among the snapshot's files and the row's place in its file
  ScanLayout(DuckDBConnection connection, Scan scan, Optional<String> rowColumn) {
    this.connection = connection;
    this.scan = scan;
    this.rowColumn = rowColumn;
  }

  /// The table that the query needs besides the files.
  Optional<String> table() {
    return listed.map(ListedRows::table);
  }

  String query() throws SQLException {
    if (scan.files().isEmpty()) {
      return empty();
    }
    boolean whole = scan.files().stream().allMatch(ScanFile::whole);
    if (simple() && whole && rowColumn.isEmpty()) {
      return ScanSql.byName(scan) ? ScanSql.named(scan) : ScanSql.byId(scan);
    }
    if (!whole) {
      listed = Optional.of(ListedRows.load(connection, scan));
    }
    List<String> parts = new ArrayList<>();
    for (Map.Entry<ScanGroup.Key, ScanGroup> group : groups().entrySet()) {
      parts.addAll(parts(group.getKey(), group.getValue()));
    }
    return parts.isEmpty() ? empty() : String.join("\nUNION ALL\n", parts);
  }

  private String empty() {
    Schema schema = scan.schema();
    return ScanSql.empty(
        rowColumn
            .map(name -> schema.plus(List.of(Column.of(name, Type.Primitive.BIGINT))))
            .orElse(schema));
  }

  /// Whether all files can be read by the names or the ids of their columns alone.
  private boolean simple() {
    return flat() && scan.files().stream().allMatch(file -> file.crc32c().isPresent());
  }

  private boolean flat() {
    return scan.matching() != Matching.NESTED_IDS
        || scan.columns().stream().allMatch(column -> column.children().isEmpty());
  }

  private Map<ScanGroup.Key, ScanGroup> groups() throws SQLException {
    boolean flat = flat();
    Map<String, ParquetNode> roots =
        simple() ? Map.of() : ParquetNode.read(connection, ScanSql.paths(scan.files()));
    Map<ScanGroup.Key, ScanGroup> groups = new LinkedHashMap<>();
    for (int place = 0; place < scan.files().size(); place++) {
      ScanFile file = scan.files().get(place);
      Optional<ParquetNode> root = Optional.ofNullable(roots.get(file.path().toString()));
      boolean withoutIds = root.isPresent() && !root.get().hasIds();
      ScanGroup.Key key =
          new ScanGroup.Key(
              flat || withoutIds ? Optional.empty() : root, withoutIds, ScanGroup.choice(file));
      groups.computeIfAbsent(key, _ -> new ScanGroup()).add(file, place);
    }
    return groups;
  }

  private List<String> parts(ScanGroup.Key key, ScanGroup group) throws SQLException {
    return switch (key.choice()) {
      case ALL -> List.of(part(key, group, ""));
      case WITHOUT_LISTED ->
          List.of(part(key, group, " WHERE " + group.row() + " NOT IN " + listedRows()));
      case ONLY_LISTED -> {
        Optional<Map<Integer, List<Long>>> few = listed.orElseThrow().few(FEW);
        yield few.isPresent()
            ? chosen(key, group, few.get())
            // As a condition of its own it would be a join, and of the wrong side's rows.
            : List.of(
                part(
                    key,
                    group,
                    " WHERE coalesce(" + group.row() + " IN " + listedRows() + ", false)"));
      }
    };
  }

  private String listedRows() {
    return "(SELECT k FROM " + table().orElseThrow() + ")";
  }

  private List<String> chosen(ScanGroup.Key key, ScanGroup group, Map<Integer, List<Long>> few) {
    List<String> parts = new ArrayList<>();
    for (int place : group.places()) {
      List<Long> rows = few.getOrDefault(place, List.of());
      if (!rows.isEmpty()) {
        ScanGroup alone = new ScanGroup();
        alone.add(scan.files().get(place), place);
        String in = rows.toString();
        parts.add(
            part(
                key,
                alone,
                " WHERE file_row_number IN (" + in.substring(1, in.length() - 1) + ")"));
      }
    }
    return parts;
  }

  private String part(ScanGroup.Key key, ScanGroup group, String condition) {
    String rows = simple() && ScanSql.byName(scan) ? named(group) : identified(key, group);
    return rows + condition;
  }

  private String named(ScanGroup group) {
    String row =
        rowColumn.map(name -> ", " + group.row() + " AS " + Identifiers.quote(name)).orElse("");
    return "SELECT "
        + StoredRows.casts(scan.schema())
        + row
        + " FROM "
        + ScanSql.plain(group.paths());
  }

  /// Within it the columns are called c1, c2 … by their ids, so that none is taken for a column
  /// that DuckDB adds to files.
  private String identified(ScanGroup.Key key, ScanGroup group) {
    List<String> selected = new ArrayList<>();
    List<String> read = new ArrayList<>();
    for (FieldNode column : scan.columns()) {
      Optional<ParquetNode> physical = key.layout().flatMap(root -> root.part(column.id()));
      String name = "c" + column.id();
      boolean nested = !column.children().isEmpty() && physical.isPresent();
      String type = nested ? physical.get().type() : column.type().sql();
      String from =
          key.withoutIds() ? Identifiers.literal(column.name()) : String.valueOf(column.id());
      read.add(from + ": " + ScanSql.entry(name, type));
      String value = nested ? NestedSql.value("t." + name, column, physical) : "t." + name;
      selected.add(value + " AS " + Identifiers.quote(column.name()));
    }
    rowColumn.ifPresent(name -> selected.add(group.row() + " AS " + Identifiers.quote(name)));
    return "SELECT "
        + String.join(", ", selected)
        + " FROM read_parquet("
        + group.paths()
        + ", schema = MAP {"
        + String.join(", ", read)
        + "}) AS t";
  }
}
