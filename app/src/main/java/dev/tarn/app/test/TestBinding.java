package dev.tarn.app.test;

import dev.tarn.app.plan.Analysis;
import dev.tarn.app.plan.KnownModel;
import dev.tarn.engine.EngineSession;
import dev.tarn.quality.DeclaredCheck;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Problems;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.Suggestions;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.settings.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Holds tests against what the project is: the models and tables they name, the columns and the
/// types of all values. Reads no data.
final class TestBinding {
  private final Analysis analysis;
  private final EngineSession session;
  private final SqlRows sqlRows;
  private final Problems problems;

  TestBinding(Analysis analysis, EngineSession session, SqlRows sqlRows, Problems problems) {
    this.analysis = analysis;
    this.session = session;
    this.sqlRows = sqlRows;
    this.problems = problems;
  }

  /// Empty when the test is wrong, and then problems say why.
  Optional<BoundTest> bind(UnitTest test) {
    int before = problems.all().size();
    Optional<KnownModel> model = model(test);
    Optional<BoundTest> bound = model.flatMap(known -> bind(test, known));
    return bound.filter(_ -> problems.all().size() == before);
  }

  private Optional<KnownModel> model(UnitTest test) {
    Optional<KnownModel> model = analysis.blueprint().model(test.model());
    if (model.isEmpty()) {
      boolean source = analysis.blueprint().source(test.model()).isPresent();
      List<String> known =
          analysis.blueprint().models().stream().map(one -> one.table().toString()).toList();
      problems.add(
          test.modelAt(),
          source
              ? test.model() + " is a source, and only models can be tested"
              : "unknown model '" + test.model() + "'",
          Suggestions.didYouMean(test.model().toString(), known));
    }
    return model;
  }

  private Optional<BoundTest> bind(UnitTest test, KnownModel model) {
    Set<TableName> reads = new TreeSet<>(model.inputs());
    boolean judges = test.expectation().filter(Expectation::judges).isPresent();
    if (judges) {
      reads.addAll(model.reads());
    }
    TestTables tables = new TestTables(test, analysis, session, sqlRows, problems);
    Optional<List<TestTable>> ready = tables.forModel(model, reads);
    Optional<Schema> schema = tables.schema(model);
    if (schema.isEmpty()) {
      return Optional.empty();
    }
    test.expectation().ifPresent(expected -> checks(expected, model));
    Set<TableName> readable = expose(ready.orElse(List.of()), model, schema.get());
    Optional<BoundRows> rows = rows(test, new Target(model.table(), schema.get(), readable), true);
    Optional<BoundRows> quarantined =
        rows(
            test,
            new Target(model.table().quarantine(), SqlRows.quarantine(schema.get()), readable),
            false);
    return ready.isPresent() && rows.isPresent() && quarantined.isPresent()
        ? Optional.of(
            new BoundTest(test, model, ready.get(), schema.get(), rows.get(), quarantined.get()))
        : Optional.empty();
  }

  /// For SQL that the expectation is made by.
  private Set<TableName> expose(List<TestTable> ready, KnownModel model, Schema schema) {
    Set<TableName> exposed = new TreeSet<>(Set.of(model.table()));
    session.exposeEmpty(model.table(), schema);
    for (TestTable table : ready) {
      session.exposeEmpty(table.table(), table.schema());
      exposed.add(table.table());
    }
    return exposed;
  }

  private void checks(Expectation expected, KnownModel model) {
    List<String> names = model.checks().stream().map(DeclaredCheck::name).toList();
    if (names.isEmpty() && expected.judges()) {
      ExpectedRows held = expected.quarantined();
      problems.add(
          expected.checks().isEmpty() ? held.at() : expected.checks().getFirst().at(),
          model.table() + " has no checks",
          "declare them in " + model.file().file());
      return;
    }
    for (ExpectedCheck check : expected.checks()) {
      if (!check.ofAll() && !names.contains(check.name())) {
        problems.add(
            check.at(),
            model.table() + " has no check '" + check.name() + "'",
            Suggestions.didYouMean(check.name(), names));
      }
    }
  }

  /// The table that is to have rows.
  ///
  /// @param readable what SQL may read that makes the rows expected
  private record Target(TableName table, Schema schema, Set<TableName> readable) {}

  /// @param own whether the rows of the model are meant, not those of its quarantine
  private Optional<BoundRows> rows(UnitTest test, Target target, boolean own) {
    Optional<ExpectedRows> expected =
        test.expectation().map(one -> own ? one.rows() : one.quarantined());
    ExpectedRows rows = expected.orElseGet(() -> ExpectedRows.none(test.at()));
    return switch (rows.rows().orElse(null)) {
      case null -> Optional.of(new BoundRows(rows, List.of(), List.of(), target.schema()));
      case WrittenRows.Listed listed -> listed(rows, listed, target);
      case WrittenRows.Asked asked -> asked(rows, asked, target);
    };
  }

  private Optional<BoundRows> listed(ExpectedRows rows, WrittenRows.Listed listed, Target target) {
    if (!TestTables.columnsExist(listed, target.table(), target.schema(), problems)) {
      return Optional.empty();
    }
    List<Column> columns =
        listed.columns().stream()
            .flatMap(named -> target.schema().column(named.key()).stream())
            .toList();
    Values values = new Values(problems, false);
    List<List<@Nullable Object>> read = new ArrayList<>();
    for (WrittenRow row : listed.rows()) {
      List<@Nullable Object> cells = new ArrayList<>();
      for (Column column : columns) {
        Optional<Node> cell = row.cell(column.name());
        cells.add(cell.isPresent() ? values.read(cell.get(), column.type()) : null);
      }
      read.add(cells);
    }
    return Optional.of(new BoundRows(rows, columns, read, target.schema()));
  }

  private Optional<BoundRows> asked(ExpectedRows rows, WrittenRows.Asked asked, Target target) {
    Optional<Schema> made = sqlRows.columns(asked, target.readable(), session, problems);
    if (made.isEmpty()
        || !SqlRows.columnsExist(asked, target.table(), made.get(), target.schema(), problems)) {
      return Optional.empty();
    }
    List<Column> columns =
        made.get().names().stream().flatMap(name -> target.schema().column(name).stream()).toList();
    return Optional.of(new BoundRows(rows, columns, List.of(), target.schema()));
  }
}
