package dev.tarn.app.test;

import dev.tarn.app.plan.Analysis;
import dev.tarn.app.plan.Blueprint;
import dev.tarn.app.plan.KnownModel;
import dev.tarn.app.project.InFile;
import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.ingest.files.Provenance;
import dev.tarn.transform.Materialize;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Layer;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.Suggestions;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.settings.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds out what must be made ready for one test. A table that the test gives has the rows given.
/// One that it does not give is computed when it is a model that anything given flows into, and is
/// empty otherwise.
final class TestTables {
  private final UnitTest test;
  private final Analysis analysis;
  private final EngineSession session;
  private final SqlRows sqlRows;
  private final Problems problems;
  private final Map<TableName, TestTable> ready = new LinkedHashMap<>();
  private final Set<TableName> used = new TreeSet<>();
  private boolean failed;

  TestTables(
      UnitTest test, Analysis analysis, EngineSession session, SqlRows sqlRows, Problems problems) {
    this.test = test;
    this.analysis = analysis;
    this.session = session;
    this.sqlRows = sqlRows;
    this.problems = problems;
  }

  /// Makes ready what the model reads; empty when that can't be, and then a problem says why.
  Optional<List<TestTable>> forModel(KnownModel model, Set<TableName> reads) {
    reads.forEach(this::need);
    used.addAll(model.reads());
    Set<TableName> flowing = flowing(model, reads);
    test.given().stream()
        .filter(given -> !used.contains(given.table()))
        .forEach(given -> notUsed(given, model, flowing));
    return failed ? Optional.empty() : Optional.of(List.copyOf(ready.values()));
  }

  private void notUsed(Given given, KnownModel model, Set<TableName> flowing) {
    if (flowing.contains(given.table())) {
      problems.add(
          given.at(),
          "'" + given.table() + "' makes no difference: what is made of it is given too",
          "take one of the two out");
    } else {
      problems.add(
          given.at(),
          "'" + given.table() + "' is not read by " + model.table(),
          Suggestions.didYouMean(
              given.table().toString(), flowing.stream().map(TableName::toString).toList()));
    }
  }

  /// The columns of a model over these tables, known or found by binding it. A history has more
  /// columns than its query makes.
  Optional<Schema> schema(KnownModel model) {
    Optional<Schema> known =
        keepsHistory(model)
            ? Optional.empty()
            : Optional.ofNullable(analysis.schemas().get(model.table()));
    return known.isPresent() || failed ? known : bound(model);
  }

  private Set<TableName> flowing(KnownModel model, Collection<TableName> reads) {
    Set<TableName> flowing = new TreeSet<>(reads);
    for (TableName table : reads) {
      model(table).ifPresent(above -> flowing.addAll(flowing(above, above.inputs())));
    }
    flowing.remove(model.table());
    return flowing;
  }

  private Optional<KnownModel> model(TableName table) {
    return analysis.blueprint().model(table);
  }

  private Optional<Given> given(TableName table) {
    return test.given().stream().filter(given -> given.table().equals(table)).findFirst();
  }

  private static boolean keepsHistory(KnownModel model) {
    return model.settings().materialize() == Materialize.SNAPSHOT;
  }

  private boolean anythingFlowsInto(KnownModel model) {
    return !keepsHistory(model)
        && model.inputs().stream()
            .anyMatch(input ->
                given(input).isPresent()
                    || model(input).filter(this::anythingFlowsInto).isPresent());
  }

  private void need(TableName table) {
    used.add(table);
    if (ready.containsKey(table)) {
      return;
    }
    Optional<Given> given = given(table);
    Optional<KnownModel> model = model(table).filter(this::anythingFlowsInto);
    Optional<? extends TestTable> made =
        given.isPresent()
            ? given(given.get())
            : model.isPresent() ? computed(model.get()) : empty(table);
    made.ifPresentOrElse(one -> ready.put(table, one), () -> failed = true);
  }

  private Optional<TestTable> computed(KnownModel model) {
    model.inputs().forEach(this::need);
    return schema(model).map(schema -> new TestTable.Computed(model, schema));
  }

  private Optional<TestTable> empty(TableName table) {
    Optional<Schema> schema = known(table);
    if (schema.isEmpty()) {
      problems.add(
          test.at(),
          "the columns of " + table + " are not known yet, and the test gives no rows for it",
          "give it rows here, or declare columns: in its source");
    }
    return schema.map(columns -> new TestTable.Rows(table, columns, List.of()));
  }

  private Optional<Schema> known(TableName table) {
    Optional<Schema> schema = Optional.ofNullable(analysis.schemas().get(table));
    TableName owner = Blueprint.owner(table);
    return schema.isEmpty() && table.equals(owner.quarantine())
        ? Optional.ofNullable(analysis.schemas().get(owner)).map(SqlRows::quarantine)
        : schema;
  }

  private Optional<? extends TestTable> given(Given given) {
    return switch (given.rows()) {
      case WrittenRows.Listed listed -> listed(given.table(), listed);
      case WrittenRows.Asked asked -> asked(given.table(), asked);
    };
  }

  private Optional<TestTable> listed(TableName table, WrittenRows.Listed listed) {
    Optional<Schema> known = known(table);
    if (known.isEmpty() && listed.rows().isEmpty()) {
      return empty(table);
    }
    try {
      Schema schema = known.orElseGet(() -> withProvenance(table, InferredTypes.of(listed)));
      boolean named = columnsExist(listed, table, schema, problems);
      return named ? Optional.of(rows(table, listed, schema)) : Optional.empty();
    } catch (Failure failure) {
      failure
          .problems()
          .forEach(problem ->
              problems.add(new Problem(problem.what(), Optional.of(listed.at()), problem.fix())));
      return Optional.empty();
    }
  }

  private TestTable rows(TableName table, WrittenRows.Listed listed, Schema schema) {
    Values values = new Values(problems, true);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (WrittenRow row : listed.rows()) {
      List<@Nullable Object> cells = new ArrayList<>();
      for (Column column : schema.columns()) {
        Optional<Node> cell = row.cell(column.name());
        cells.add(cell.isPresent() ? values.read(cell.get(), column.type()) : null);
      }
      rows.add(cells);
    }
    return new TestTable.Rows(table, nullable(schema), rows);
  }

  /// A test gives only what matters to it.
  private static Schema nullable(Schema schema) {
    return new Schema(
        schema.columns().stream().map(one -> Column.of(one.name(), one.type())).toList());
  }

  /// Every row of bronze says where it came from.
  private static Schema withProvenance(TableName table, Schema schema) {
    return table.layer().equals(Layer.BRONZE)
        ? schema.plus(
            Provenance.COLUMNS.stream()
                .filter(column -> schema.column(column.name()).isEmpty())
                .toList())
        : schema;
  }

  /// Whether a table has all columns that rows name; a name that is written twice in a row in
  /// another case is one that the row does not have.
  static boolean columnsExist(
      WrittenRows.Listed listed, TableName table, Schema schema, Problems problems) {
    boolean exist = true;
    for (Node.Entry named : listed.columns()) {
      if (schema.column(named.key()).isEmpty()) {
        problems.add(
            named.at(),
            "unknown column '" + named.key() + "' in " + table,
            Suggestions.didYouMean(named.key(), schema.names()));
        exist = false;
      }
    }
    return exist;
  }

  private Optional<TestTable> asked(TableName table, WrittenRows.Asked asked) {
    Optional<Schema> made = sqlRows.columns(asked, Set.of(), session, problems);
    if (made.isEmpty()) {
      return Optional.empty();
    }
    Schema schema = known(table).map(TestTables::nullable).orElseGet(made::get);
    return SqlRows.columnsExist(asked, table, made.get(), schema, problems)
        ? Optional.of(new TestTable.Asked(table, schema, asked, made.get()))
        : Optional.empty();
  }

  /// Over tables whose columns only the test tells.
  private Optional<Schema> bound(KnownModel model) {
    ready.values().forEach(table -> session.exposeEmpty(table.table(), table.schema()));
    try (EngineConnection connection = session.connect()) {
      return Optional.of(InFile.of(model.file().file(), () -> connection.describe(model.sql())));
    } catch (Failure failure) {
      failure
          .problems()
          .forEach(problem ->
              problems.add(
                  test.at(),
                  "over the rows given, " + model.table() + " can't be read: " + problem.what(),
                  "give every column that it reads, or declare columns: in the source"));
      failed = true;
      return Optional.empty();
    }
  }
}
