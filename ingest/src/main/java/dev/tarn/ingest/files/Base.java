package dev.tarn.ingest.files;

import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.lake.Branch;
import dev.tarn.lake.LakeTable;
import dev.tarn.lake.TableSpec;
import dev.tarn.lake.WriteTarget;
import dev.tarn.lake.WrittenFile;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the rows of some files are put onto.
sealed interface Base {

  /// A table with all its rows, if it is there.
  static Base of(Branch branch, TableName table) {
    return new Whole(table, branch.find(table));
  }

  /// The columns that there are, to which new ones are fitted.
  Optional<Schema> schema();

  Map<String, String> properties();

  /// Whether it is another one than the table now, so that it has to be staged whatever comes.
  boolean replaces();

  WriteTarget target(Branch branch, TableSpec spec);

  /// Writes the rows that stay and are not in the target yet.
  List<WrittenFile> rows(EngineSession session, WriteTarget target);

  /// Values that were read as one type are no values of another: only reading them again is sure.
  private static void refuseOtherTypes(LakeTable table, Schema wanted, String fix) {
    Problems problems = new Problems();
    for (Column column : wanted.columns()) {
      table
          .schema()
          .column(column.name())
          .filter(now -> Widening.of(now.type(), column.type()).isEmpty())
          .ifPresent(now ->
              problems.add(
                  Problem.of(
                      "the rows of "
                          + table.name()
                          + " have "
                          + column.name()
                          + " as "
                          + now.type().sql()
                          + ", and now it is to be "
                          + column.type().sql(),
                      fix)));
    }
    problems.throwIfAny();
  }

  /// All rows of a table, if there is one.
  record Whole(TableName name, Optional<LakeTable> table) implements Base {
    @Override
    public Optional<Schema> schema() {
      return table.map(LakeTable::schema);
    }

    @Override
    public Map<String, String> properties() {
      return table.map(LakeTable::properties).orElse(Map.of());
    }

    @Override
    public boolean replaces() {
      return false;
    }

    @Override
    public WriteTarget target(Branch branch, TableSpec spec) {
      table.ifPresent(now ->
          Base.refuseOtherTypes(
              now,
              spec.schema(),
              "tarn replay " + name + " reads all files again, as the source is declared now"));
      return branch.append(name, spec);
    }

    @Override
    public List<WrittenFile> rows(EngineSession session, WriteTarget target) {
      return List.of();
    }
  }

  /// None of a table's rows.
  record Nothing(TableName name) implements Base {
    @Override
    public Optional<Schema> schema() {
      return Optional.empty();
    }

    @Override
    public Map<String, String> properties() {
      return Map.of();
    }

    @Override
    public boolean replaces() {
      return true;
    }

    @Override
    public WriteTarget target(Branch branch, TableSpec spec) {
      return branch.replace(name, spec);
    }

    @Override
    public List<WrittenFile> rows(EngineSession session, WriteTarget target) {
      return List.of();
    }
  }

  /// Those rows of a table that come from other items than these.
  record Without(LakeTable table, List<String> items) implements Base {
    public Without {
      items = List.copyOf(items);
    }

    /// Whether there are any.
    boolean hasRows(EngineSession session) {
      session.expose(table.scan());
      try (EngineConnection connection = session.connect()) {
        String sql = "SELECT 1 FROM " + table.name().sql() + " WHERE " + others() + " LIMIT 1";
        return !connection.query(sql, 1).rows().isEmpty();
      }
    }

    @Override
    public Optional<Schema> schema() {
      return Optional.of(table.schema());
    }

    @Override
    public Map<String, String> properties() {
      return table.properties();
    }

    @Override
    public boolean replaces() {
      return true;
    }

    @Override
    public WriteTarget target(Branch branch, TableSpec spec) {
      Base.refuseOtherTypes(
          table, spec.schema(), "read all files again: tarn replay " + table.name() + " --all");
      return branch.replace(table.name(), spec);
    }

    @Override
    public List<WrittenFile> rows(EngineSession session, WriteTarget target) {
      session.expose(table.scan());
      try (EngineConnection connection = session.connect()) {
        return connection.write(sql(target), target);
      }
    }

    private String sql(WriteTarget target) {
      String columns =
          target.columns().stream()
              .map(column ->
                  table
                      .schema()
                      .column(column.name())
                      .map(now -> Identifiers.quote(now.name()))
                      .orElse("NULL AS " + Identifiers.quote(column.name())))
              .collect(Collectors.joining(", "));
      return "SELECT " + columns + " FROM " + table.name().sql() + " WHERE " + others();
    }

    /// Rows of an archive's members are named after the archive.
    private String others() {
      String condition = "coalesce(\"_source\", '') NOT IN (" + values(items) + ")";
      List<String> archives =
          items.stream().filter(item -> Packing.ofName(item) == Packing.ZIP).toList();
      return archives.isEmpty()
          ? condition
          : condition
              + " AND NOT EXISTS (FROM ("
              + values(archives.stream().map(item -> item + "!").toList())
              + ") AS archive(item) WHERE starts_with(\"_source\", archive.item))";
    }

    private static String values(List<String> texts) {
      return texts.stream()
          .map(Identifiers::literal)
          .collect(Collectors.joining(", ", "SELECT unnest([", "])"));
    }
  }
}
