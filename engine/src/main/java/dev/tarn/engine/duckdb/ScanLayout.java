package dev.tarn.engine.duckdb;

import dev.tarn.lake.FieldNode;
import dev.tarn.lake.Scan;
import dev.tarn.lake.ScanFile;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Type;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads snapshots whose files can't all be read by the ids of their columns alone: DuckDB matches
/// fields inside structs by name, so after a rename in a struct it would silently return NULL or
/// another field's values. Such files are grouped by their layout, each group is read as it is, and
/// nested values are rebuilt by id.
final class ScanLayout {
  private final Connection connection;

  ScanLayout(Connection connection) {
    this.connection = connection;
  }

  /// Whether all files can be read by the ids of their columns alone.
  static boolean simple(Scan scan) {
    return byName(scan) && scan.files().stream().allMatch(file -> file.crc32c().isPresent());
  }

  private static boolean byName(Scan scan) {
    return scan.nestedByName()
        || scan.columns().stream().allMatch(column -> column.children().isEmpty());
  }

  String query(Scan scan) throws SQLException {
    boolean byName = byName(scan);
    if (simple(scan)) {
      return ScanSql.byId(scan);
    }
    Map<String, ParquetNode> roots = ParquetNode.read(connection, ScanSql.paths(scan.files()));
    Map<Optional<ParquetNode>, List<ScanFile>> groups = new LinkedHashMap<>();
    List<ScanFile> withoutIds = new ArrayList<>();
    for (ScanFile file : scan.files()) {
      ParquetNode root = roots.get(file.path().toString());
      if (root != null && !root.hasIds()) {
        withoutIds.add(file);
      } else {
        Optional<ParquetNode> layout = byName ? Optional.empty() : Optional.ofNullable(root);
        groups.computeIfAbsent(layout, _ -> new ArrayList<>()).add(file);
      }
    }
    List<String> parts = new ArrayList<>();
    groups.forEach((layout, files) -> parts.add(group(scan, layout, files)));
    if (!withoutIds.isEmpty()) {
      parts.add(ScanSql.byName(scan.columns(), withoutIds));
    }
    return String.join("\nUNION ALL\n", parts);
  }

  private static String group(Scan scan, Optional<ParquetNode> layout, List<ScanFile> files) {
    return layout
        .map(root -> rebuilt(scan, root, files))
        .orElseGet(() ->
            ScanSql.byId(new Scan(scan.table(), scan.snapshot(), scan.columns(), files, true)));
  }

  private static String rebuilt(Scan scan, ParquetNode root, List<ScanFile> files) {
    List<String> selected = new ArrayList<>();
    List<String> read = new ArrayList<>();
    for (FieldNode column : scan.columns()) {
      Optional<ParquetNode> physical = root.part(column.id());
      String name = "c" + column.id();
      boolean nested = !column.children().isEmpty() && physical.isPresent();
      String type = nested ? physical.get().type() : column.type().sql();
      read.add(column.id() + ": " + ScanSql.entry(name, type));
      String value = nested ? value("t." + name, column, physical, 0) : "t." + name;
      selected.add(value + " AS " + Identifiers.quote(column.name()));
    }
    return "SELECT "
        + String.join(", ", selected)
        + " FROM ("
        + ScanSql.read(files, String.join(", ", read))
        + ") AS t";
  }

  private static String value(
      String sql, FieldNode field, Optional<ParquetNode> physical, int depth) {
    String type = field.type().sql();
    if (physical.isEmpty()) {
      return "CAST(NULL AS " + type + ")";
    }
    ParquetNode node = physical.get();
    return switch (field.type()) {
      case Type.Primitive _, Type.Decimal _ -> "CAST(" + sql + " AS " + type + ")";
      case Type.Struct _ -> struct(sql, field, node, depth);
      case Type.ListOf _ -> {
        String element = "e" + depth;
        FieldNode child = field.children().get(0);
        yield "list_transform("
            + sql
            + ", lambda "
            + element
            + ": "
            + value(element, child, node.part(child.id()), depth + 1)
            + ")";
      }
      case Type.MapOf _ -> map(sql, field, node, depth);
    };
  }

  private static String struct(String sql, FieldNode field, ParquetNode node, int depth) {
    String fields =
        field.children().stream()
            .map(child -> {
              Optional<ParquetNode> part = node.part(child.id());
              String inner = part.map(present -> present.from(sql)).orElse("NULL");
              return Identifiers.quote(child.name()) + " := " + value(inner, child, part, depth);
            })
            .collect(Collectors.joining(", "));
    return "CASE WHEN " + sql + " IS NOT NULL THEN struct_pack(" + fields + ") END";
  }

  private static String map(String sql, FieldNode field, ParquetNode node, int depth) {
    String entry = "e" + depth;
    FieldNode key = field.children().get(0);
    FieldNode held = field.children().get(1);
    String pair =
        "struct_pack(k := "
            + value(entry + ".\"key\"", key, node.part(key.id()), depth + 1)
            + ", v := "
            + value(entry + ".\"value\"", held, node.part(held.id()), depth + 1)
            + ")";
    return "CASE WHEN "
        + sql
        + " IS NOT NULL THEN map_from_entries(list_transform(map_entries("
        + sql
        + "), lambda "
        + entry
        + ": "
        + pair
        + ")) END";
  }
}
