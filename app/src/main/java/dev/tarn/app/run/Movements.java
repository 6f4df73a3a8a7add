package dev.tarn.app.run;

import dev.tarn.app.project.ModelFile;
import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.change.ChangedRows;
import dev.tarn.lake.AsOf;
import dev.tarn.lake.LakeTable;
import dev.tarn.lake.SnapshotInfo;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds out how far a run moved tables: which rows are others, and which sums.
public final class Movements {
  private static final TableName BEFORE = new TableName("tarn_figures", "before");
  private static final TableName AFTER = new TableName("tarn_figures", "after");

  private final Opened opened;
  private final LazySession session;

  public Movements(Opened opened, LazySession session) {
    this.opened = opened;
    this.session = session;
  }

  /// Empty when the run made the table's first version, or did not change it.
  ///
  /// @param figures whether sums are compared too, for which both versions are read whole
  public Optional<Moved> of(TableName name, RunId run, boolean figures) {
    Optional<LakeTable> table = opened.lake().find(name);
    List<SnapshotInfo> versions =
        table.map(found -> found.ancestry(new AsOf.Current())).orElse(List.of());
    Optional<SnapshotInfo> before =
        versions.stream().filter(one -> !one.run().equals(Optional.of(run))).findFirst();
    if (before.isEmpty() || versions.getFirst().equals(before.get())) {
      return Optional.empty();
    }
    return Optional.of(moved(table.orElseThrow(), before.get(), figures));
  }

  private Moved moved(LakeTable table, SnapshotInfo before, boolean figures) {
    AsOf then = new AsOf.Snapshot(before.id());
    try (EngineConnection connection = session.connect()) {
      ChangedRows changes =
          ChangedRows.find(
              session, connection, table.difference(then, new AsOf.Current()), key(table.name()));
      return new Moved(
          table.name(),
          before.rows(),
          table.rows(),
          changes.counts(),
          figures ? figures(connection, table, then) : List.of());
    }
  }

  private List<String> key(TableName table) {
    return opened.project().models().stream()
        .filter(model -> model.table().equals(table))
        .map(ModelFile::settings)
        .map(settings -> settings.key())
        .findFirst()
        .orElse(List.of());
  }

  private List<Moved.Figure> figures(EngineConnection connection, LakeTable table, AsOf then) {
    List<String> columns = summed(table, table.schema(then));
    if (columns.isEmpty()) {
      return List.of();
    }
    session.expose(BEFORE, table.scan(then));
    session.expose(AFTER, table.scan());
    List<@Nullable Object> before = sums(connection, BEFORE, columns);
    List<@Nullable Object> after = sums(connection, AFTER, columns);
    List<Moved.Figure> figures = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (!Objects.equals(before.get(i), after.get(i))) {
        figures.add(new Moved.Figure(columns.get(i), before.get(i), after.get(i)));
      }
    }
    return figures;
  }

  private static List<@Nullable Object> sums(
      EngineConnection connection, TableName table, List<String> columns) {
    String sums =
        columns.stream()
            .map(Identifiers::quote)
            .map(column -> "sum(" + column + ")")
            .collect(Collectors.joining(", "));
    return connection.query("SELECT " + sums + " FROM " + table.sql(), 1).rows().getFirst();
  }

  /// Numbers that count or measure; those that name things add up to nothing.
  private List<String> summed(LakeTable table, Schema before) {
    List<String> key = key(table.name());
    return table.schema().columns().stream()
        .filter(column -> isNumber(column.type()))
        .filter(
            column -> before.column(column.name()).filter(was -> isNumber(was.type())).isPresent())
        .map(Column::name)
        .filter(name -> key.stream().noneMatch(name::equalsIgnoreCase))
        .filter(name -> !name.toLowerCase(Locale.ROOT).matches("id|.*_id|.*_key"))
        .toList();
  }

  private static boolean isNumber(Type type) {
    return switch (type) {
      case Type.Decimal _ -> true;
      case Type.Primitive primitive ->
          primitive == Type.Primitive.INTEGER
              || primitive == Type.Primitive.BIGINT
              || primitive == Type.Primitive.FLOAT
              || primitive == Type.Primitive.DOUBLE;
      case Type.Struct _, Type.ListOf _, Type.MapOf _ -> false;
    };
  }
}
