package dev.tarn.app.test;

import dev.tarn.app.project.InFile;
import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.EngineSession;
import dev.tarn.engine.Rows;
import dev.tarn.quality.AuditReport;
import dev.tarn.quality.HeldAudit;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Identifiers;
import dev.tarn.vocabulary.Remedy;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Carries out tests, one after the other, in one session that knows nothing of the lake.
final class TestRun {
  /// Tests are about few rows; a model that makes millions of what is given is cut off.
  private static final long ROW_LIMIT = 100_000;

  private static final String RUN = "00000000000000000000000000";

  private final EngineSession session;
  private final InstantSource clock;
  private final Instant began;
  private Optional<Instant> fixed = Optional.empty();

  TestRun(EngineSession session, InstantSource clock) {
    this.session = session;
    this.clock = clock;
    this.began = clock.instant();
  }

  TestResult run(BoundTest bound) {
    Instant start = clock.instant();
    List<Complaint> complaints;
    try (EngineConnection connection = session.connect()) {
      complaints = complaints(bound, connection);
    } catch (Failure failure) {
      complaints = List.of(new Complaint.Broken(failure));
    }
    return new TestResult(bound, Duration.between(start, clock.instant()), complaints);
  }

  private List<Complaint> complaints(BoundTest bound, EngineConnection connection) {
    Instant now = bound.test().now().orElse(began);
    fix(now);
    Optional<String> error = bound.test().expectation().flatMap(Expectation::error);
    try {
      bound.tables().forEach(table -> ready(table, connection));
      InFile.of(
          bound.model().file().file(),
          () -> {
            connection.hold(bound.model().sql(), bound.model().table(), bound.schema());
            return true;
          });
    } catch (Failure failure) {
      return failed(failure, error);
    }
    return error.isPresent()
        ? List.of(new Complaint.NoError(error.get(), ""))
        : judged(bound, connection, now);
  }

  /// Fixing takes longer than most tests do.
  private void fix(Instant now) {
    if (!fixed.equals(Optional.of(now))) {
      session.fixClock(now);
      fixed = Optional.of(now);
    }
  }

  private static List<Complaint> failed(Failure failure, Optional<String> expected) {
    if (expected.isEmpty() || failure.remedy() == Remedy.REPORT_BUG) {
      return List.of(new Complaint.Broken(failure));
    }
    String text = failure.getMessage();
    return text.toLowerCase(Locale.ROOT).contains(expected.get().toLowerCase(Locale.ROOT))
        ? List.of()
        : List.of(new Complaint.NoError(expected.get(), text));
  }

  private void ready(TestTable table, EngineConnection connection) {
    switch (table) {
      case TestTable.Rows rows -> session.exposeRows(rows.table(), rows.schema(), rows.rows());
      case TestTable.Asked asked ->
          connection.hold(
              SqlRows.filled(asked.rows().sql(), asked.made(), asked.schema()),
              asked.table(),
              asked.schema());
      case TestTable.Computed computed ->
          InFile.of(
              computed.model().file().file(),
              () -> {
                connection.hold(computed.model().sql(), computed.table(), computed.schema());
                return true;
              });
    }
  }

  private List<Complaint> judged(BoundTest bound, EngineConnection connection, Instant now) {
    List<Complaint> complaints = new ArrayList<>();
    TableName table = bound.model().table();
    Optional<Expectation> expectation = bound.test().expectation();
    if (expectation.isEmpty()) {
      return List.of(new Complaint.NothingExpected(bound.rows(), all(bound, connection)));
    }
    if (expectation.get().judges()) {
      AuditReport report =
          new HeldAudit(session, connection, new RunId(RUN), now)
              .audit(table, bound.schema(), bound.model().checks());
      complaints.addAll(CheckVerdicts.complaints(expectation.get().checks(), report.results()));
    }
    rows(bound.rows(), bound, table, connection, complaints);
    if (expectation.get().judges()) {
      rows(bound.quarantined(), bound, table.quarantine(), connection, complaints);
    }
    return complaints;
  }

  private RowDifference all(BoundTest bound, EngineConnection connection) {
    List<Column> columns = bound.schema().columns();
    List<List<@Nullable Object>> rows = read(bound.model().table(), columns, connection);
    return new RowComparison(columns, List.of(), new Same(0), List.of(), rows).compare(false);
  }

  private void rows(
      BoundRows bound,
      BoundTest test,
      TableName table,
      EngineConnection connection,
      List<Complaint> complaints) {
    boolean quarantine = !table.equals(test.model().table());
    if (bound.expected().count().isPresent()) {
      long wanted = bound.expected().count().getAsLong();
      long found = count(table, connection);
      if (wanted != found) {
        complaints.add(new Complaint.Count(bound.expected(), quarantine, wanted, found));
      }
    }
    if (bound.expected().rows().isPresent()) {
      RowDifference difference = difference(bound, test, table, connection);
      if (!difference.isEmpty()) {
        complaints.add(new Complaint.Rows(bound, quarantine, difference));
      }
    }
  }

  private RowDifference difference(
      BoundRows bound, BoundTest test, TableName table, EngineConnection connection) {
    Expectation expectation = test.test().expectation().orElseThrow();
    List<List<@Nullable Object>> wanted =
        bound
            .asked()
            .map(asked -> asked(asked, bound.columns(), connection))
            .orElseGet(bound::rows);
    // An expectation without rows has no columns: all are shown then.
    List<Column> columns = bound.columns().isEmpty() ? bound.all().columns() : bound.columns();
    return new RowComparison(
            columns,
            test.model().settings().key(),
            new Same(expectation.tolerance()),
            wanted,
            read(table, columns, connection))
        .compare(expectation.ordered() && table.equals(test.model().table()));
  }

  private static long count(TableName table, EngineConnection connection) {
    Object count =
        connection.query("SELECT count(*) FROM " + table.sql(), 1).rows().getFirst().getFirst();
    return count instanceof Number number ? number.longValue() : 0;
  }

  private static List<List<@Nullable Object>> read(
      TableName table, List<Column> columns, EngineConnection connection) {
    String names =
        columns.stream()
            .map(column -> Identifiers.quote(column.name()))
            .collect(Collectors.joining(", "));
    Rows rows = connection.query("SELECT " + names + " FROM " + table.sql(), ROW_LIMIT);
    if (rows.truncated()) {
      throw Failure.input(
          table + " has more than " + ROW_LIMIT + " rows here", "give the test fewer rows");
    }
    return rows.rows();
  }

  private static List<List<@Nullable Object>> asked(
      WrittenRows.Asked asked, List<Column> columns, EngineConnection connection) {
    String casts =
        columns.stream()
            .map(column ->
                "CAST(" + Identifiers.quote(column.name()) + " AS " + column.type().sql() + ")")
            .collect(Collectors.joining(", "));
    return Collections.unmodifiableList(
        connection.query("SELECT " + casts + " FROM (\n" + asked.sql() + "\n)", ROW_LIMIT).rows());
  }
}
