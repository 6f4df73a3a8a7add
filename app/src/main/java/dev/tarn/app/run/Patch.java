package dev.tarn.app.run;

import dev.tarn.app.plan.KnownModel;
import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.SiftedFiles;
import dev.tarn.engine.change.RowChanges;
import dev.tarn.lake.LakeTable;
import dev.tarn.lake.Scan;
import dev.tarn.lake.TableSpec;
import dev.tarn.lake.WriteTarget;
import dev.tarn.orchestrate.StepOutcome;
import dev.tarn.quality.AuditReport;
import dev.tarn.quality.OnFail;
import dev.tarn.quality.Screen;
import dev.tarn.quality.SetAside;
import dev.tarn.quality.Written;
import dev.tarn.transform.Refresh;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Makes some partitions of a table anew, or none, and judges its quarantined rows again. The table
/// and its quarantine hold together all rows that the query gave; with the rows of the partitions
/// replaced, judging them all by today's checks is what making the table anew would come to. Where
/// each row can be judged alone and no row that stays fails, only the others are written.
final class Patch {
  private static final String ROW = "__tarn_row";

  private final KnownModel model;
  private final ModelStep whole;
  private final Workspace workspace;
  private final Audits audits;
  private final RunResults results;
  private final Optional<Chosen> chosen;

  /// Partitions to be made anew.
  record Chosen(Partitions partitions, List<String> parts) {
    Chosen {
      parts = List.copyOf(parts);
    }

    String here() {
      return partitions.in(parts);
    }

    String elsewhere() {
      return partitions.notIn(parts);
    }
  }

  /// @param whole makes the table anew
  Patch(
      KnownModel model,
      ModelStep whole,
      Workspace workspace,
      Audits audits,
      RunResults results,
      Optional<Chosen> chosen) {
    this.model = model;
    this.whole = whole;
    this.workspace = workspace;
    this.audits = audits;
    this.results = results;
    this.chosen = chosen;
  }

  private TableName besides(String suffix) {
    return new TableName(model.table().layer(), model.table().name() + suffix);
  }

  /// @param versions of all that the model and its checks read
  /// @param first whether nothing was staged yet: a second attempt begins from what is published
  StepOutcome apply(String why, Map<String, String> versions, boolean first) {
    Optional<LakeTable> table = workspace.exposePublished(model.table(), besides("__before"));
    Optional<LakeTable> held =
        workspace.exposePublished(model.table().quarantine(), besides("__held"));
    audits.expose(model.table(), model.checkReads());
    chosen.ifPresent(_ -> workspace.expose(model.inputs()));
    Optional<Written> written =
        first && table.isPresent() ? amended(table.get(), held) : Optional.empty();
    return written
        .map(amended -> judged(amended, why, versions))
        .orElseGet(() -> together(table, held, why, versions));
  }

  private Optional<Written> amended(LakeTable table, Optional<LakeTable> held) {
    boolean quarantines =
        model.checks().stream().anyMatch(check -> check.onFail() == OnFail.QUARANTINE);
    Optional<Screen> screen = Screen.of(model.table(), table.schema(), model.checks());
    boolean ordered = !table.sort().isEmpty() || !model.settings().sort().isEmpty();
    if (quarantines && screen.isEmpty()
        || ordered
        || !table.partition().equals(model.settings().partition())) {
      return Optional.empty();
    }
    try (EngineConnection connection = workspace.connect()) {
      if (!sameColumns(connection, table) || anyFails(connection, screen)) {
        return Optional.empty();
      }
      List<String> parts = rows(table.schema(), Optional.empty(), held);
      if (parts.isEmpty()) {
        return Optional.empty();
      }
      chosen.ifPresent(these -> remove(connection, table, these));
      String come = union(parts);
      WriteTarget target = workspace.branch().append(model.table(), spec(table));
      if (screen.isEmpty()) {
        workspace.branch().stage(target, connection.write(come, target));
        return Optional.of(Written.unknown());
      }
      SiftedFiles sifted = connection.sift(come, target, screen.get().mark()).orElseThrow();
      workspace.branch().stage(target, sifted.kept());
      return Optional.of(
          new Written(
              List.of(),
              Optional.of(new SetAside(screen.get(), target.columns(), sifted.aside()))));
    }
  }

  private boolean sameColumns(EngineConnection connection, LakeTable table) {
    return chosen.isEmpty() || types(made(connection)).equals(types(table.schema()));
  }

  private static List<String> types(Schema schema) {
    return schema.columns().stream().map(column -> column.name() + " " + column.type()).toList();
  }

  private Schema made(EngineConnection connection) {
    return connection.describe(model.sql());
  }

  /// Whether rows of the table that stay fail a check that sets rows aside.
  private boolean anyFails(EngineConnection connection, Optional<Screen> screen) {
    if (screen.isEmpty()) {
      return false;
    }
    String sql =
        "SELECT 1 FROM "
            + besides("__before").sql()
            + " AS this WHERE "
            + screen.get().mark()
            + " <> 0"
            + chosen.map(these -> " AND " + these.elsewhere()).orElse("")
            + " LIMIT 1";
    return !connection.query(sql, 1).rows().isEmpty();
  }

  private void remove(EngineConnection connection, LakeTable table, Chosen these) {
    TableName numbered = besides("__numbered_rows");
    Scan scan = table.scan();
    workspace.session().exposeNumbered(numbered, scan, ROW);
    String rows = "SELECT " + ROW + " FROM " + numbered.sql() + " WHERE " + these.here();
    RowChanges.apply(
        workspace.session(),
        connection,
        workspace.branch(),
        scan,
        Optional.empty(),
        Optional.of(rows));
    workspace.session().exposeEmpty(numbered, table.schema());
  }

  private static TableSpec spec(LakeTable table) {
    return new TableSpec(
        table.schema(), table.partition(), table.sort(), table.properties(), table.columnDocs());
  }

  private StepOutcome judged(Written written, String why, Map<String, String> versions) {
    workspace.expose(List.of(model.table()));
    AuditReport report;
    try {
      report = audits.judge(model.table(), model.checks(), model.checkReads(), written);
    } finally {
      written.aside().ifPresent(SetAside::close);
    }
    Optional<LakeTable> now = workspace.branch().find(model.table());
    long bytes = now.map(LakeTable::bytes).orElse(0L);
    long rows = model.checks().isEmpty() ? now.map(LakeTable::rows).orElse(0L) : report.kept();
    results.refreshed(model, versions, rows, bytes);
    return report.blocked().isEmpty()
        ? StepOutcome.done(rows, bytes, why)
        : StepOutcome.blocked(rows, Audits.reason(report));
  }

  /// Judges all rows, and writes them anew.
  private StepOutcome together(
      Optional<LakeTable> table,
      Optional<LakeTable> held,
      String why,
      Map<String, String> versions) {
    Schema columns;
    try (EngineConnection connection = workspace.connect()) {
      columns = chosen.isPresent() || table.isEmpty() ? made(connection) : table.get().schema();
    }
    return whole
        .by(model.by(union(rows(columns, table, held))))
        .full(new Refresh.Full(why), versions);
  }

  private static String union(List<String> parts) {
    return String.join("\nUNION ALL ", parts);
  }

  /// The rows that stay of these, and those of the partitions as the query makes them now.
  private List<String> rows(Schema columns, Optional<LakeTable> table, Optional<LakeTable> held) {
    List<String> parts = new ArrayList<>();
    String where = chosen.map(these -> " WHERE " + these.elsewhere()).orElse("");
    table.ifPresent(now ->
        parts.add(select(columns, now.schema()) + " FROM " + besides("__before").sql() + where));
    held.ifPresent(now ->
        parts.add(select(columns, now.schema()) + " FROM " + besides("__held").sql() + where));
    chosen.ifPresent(these ->
        parts.add(
            select(columns, columns)
                + " FROM (\n"
                + model.sql()
                + "\n) AS made WHERE "
                + these.here()));
    return parts;
  }

  /// Columns that were not there before are NULL in older rows.
  private static String select(Schema columns, Schema there) {
    return columns.columns().stream()
        .map(column -> value(column, there))
        .collect(Collectors.joining(", ", "SELECT ", ""));
  }

  private static String value(Column column, Schema there) {
    String name = Identifiers.quote(column.name());
    Optional<Column> known = there.column(column.name());
    if (known.filter(now -> now.type().equals(column.type())).isPresent()) {
      return name;
    }
    String value = known.map(now -> Identifiers.quote(now.name())).orElse("NULL");
    return "CAST(" + value + " AS " + column.type().sql() + ") AS " + name;
  }
}
