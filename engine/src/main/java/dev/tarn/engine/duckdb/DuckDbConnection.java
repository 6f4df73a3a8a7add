package dev.tarn.engine.duckdb;

import dev.tarn.engine.EngineColumn;
import dev.tarn.engine.EngineConnection;
import dev.tarn.engine.RowSink;
import dev.tarn.engine.Rows;
import dev.tarn.engine.SiftedFiles;
import dev.tarn.lake.WriteTarget;
import dev.tarn.lake.WrittenFile;
import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import dev.tarn.vocabulary.Type;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// A connection to a session's DuckDB; its calls run on the engine's threads.
final class DuckDbConnection implements EngineConnection {
  private static final String DESCRIBE = "DESCRIBE\n";

  /// One statement that makes or drops a table: who names the table later reaches nothing else.
  private static final Pattern ROWS_ONLY =
      Pattern.compile("(CREATE (OR REPLACE )?(TEMP )?|DROP )TABLE [^;]*+$");

  private final DuckDbSession session;
  private final EngineThreads threads;
  private final DuckDBConnection connection;
  private final Cancellation cancellation = new Cancellation();
  private final List<SqlWords> made = new ArrayList<>();
  private boolean streaming;

  DuckDbConnection(DuckDbSession session, EngineThreads threads, DuckDBConnection connection) {
    this.session = session;
    this.threads = threads;
    this.connection = connection;
  }

  @Override
  public void execute(String sql) {
    run(SqlText.plain(sql), false, Statement::execute);
    if (ROWS_ONLY.matcher(sql).lookingAt()) {
      return;
    }
    SqlWords words = SqlWords.of(sql);
    if (words.makesSharedObject()) {
      session.share(words);
    } else {
      made.add(words);
    }
  }

  @Override
  public Schema describe(String sql) {
    List<Problem> problems = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (EngineColumn column : describeNative(sql)) {
      try {
        columns.add(Column.of(column.name(), Type.parse(column.type())));
      } catch (Failure failure) {
        problems.add(
            Problem.of(
                "no table can hold the column '" + column.name() + "' of type " + column.type(),
                "cast it, such as to VARCHAR"));
      }
    }
    if (!problems.isEmpty()) {
      throw new Failure(Remedy.FIX_INPUT, problems);
    }
    return new Schema(columns);
  }

  @Override
  public List<EngineColumn> describeNative(String sql) {
    return run(
        SqlText.of(DESCRIBE, sql, ""),
        false,
        (statement, whole) -> {
          List<EngineColumn> columns = new ArrayList<>();
          try (ResultSet result = statement.executeQuery(whole)) {
            while (result.next()) {
              columns.add(new EngineColumn(result.getString(1), result.getString(2)));
            }
          }
          return List.copyOf(columns);
        });
  }

  @Override
  public Rows query(String sql, long limit) {
    HeldRows held = new HeldRows(limit);
    read(sql, held, limit);
    return held.rows();
  }

  @Override
  public void stream(String sql, RowSink sink) {
    read(sql, sink, Long.MAX_VALUE);
  }

  /// Hands over at most one row more than `limit`.
  private void read(String sql, RowSink sink, long limit) {
    run(
        SqlText.plain(sql),
        true,
        (statement, whole) -> {
          try (ResultSet result = statement.executeQuery(whole)) {
            RowReader reader = new RowReader(result);
            sink.columns(reader.columns());
            List<@Nullable Object> row = new ArrayList<>();
            for (long read = 0; read <= limit && result.next(); read++) {
              cancellation.check();
              reader.read(row);
              sink.row(row);
            }
          }
          return true;
        });
  }

  @Override
  public void hold(String sql, TableName name, Schema schema) {
    String table = StoredRows.newTable();
    String before =
        "CREATE TABLE " + table + " AS SELECT " + StoredRows.casts(schema) + " FROM (\n";
    run(SqlText.of(before, sql, "\n)"), false, (statement, whole) -> statement.execute(whole));
    session.held(name, table);
  }

  @Override
  public List<WrittenFile> write(String sql, WriteTarget target) {
    return write(sql, target, Optional.empty()).kept();
  }

  @Override
  public Optional<SiftedFiles> sift(String sql, WriteTarget target, String mark) {
    return CopySql.inOrder(sql, target)
        ? Optional.empty()
        : Optional.of(write(sql, target, Optional.of(mark)));
  }

  private SiftedFiles write(String sql, WriteTarget target, Optional<String> mark) {
    Optional<SqlWords> marking = mark.map(SqlWords::of);
    Optional<String> placed =
        mark.map(text ->
            SqlText.plain(text).withInserts(session.ambiguous(marking.orElseThrow())).inner());
    ParquetWriter writer =
        new ParquetWriter(sql, target, placed, session.threadCount(), session.verified());
    return run(writer.text(), marking.stream().toList(), false, writer::write);
  }

  @Override
  public void cancel() {
    cancellation.cancel();
  }

  private <T> T run(SqlText sql, boolean stream, Work<T> work) {
    return run(sql, List.of(), stream, work);
  }

  /// @param around what the text around the user's may name
  private <T> T run(SqlText sql, List<SqlWords> around, boolean stream, Work<T> work) {
    return cancellation.during(
        () -> threads.run(() -> attempt(sql, around, stream, work), cancellation::cancelOnce));
  }

  private <T> T attempt(SqlText written, List<SqlWords> around, boolean stream, Work<T> work) {
    SqlWords words = SqlWords.of(written.written());
    SqlText sql = written.withInserts(session.ambiguous(words));
    Map<TableName, SQLException> unmade = Map.of();
    try {
      List<SqlWords> all = new ArrayList<>(made);
      all.add(words);
      all.addAll(around);
      unmade = session.prepare(all);
      setStreaming(stream);
      return on(sql, work);
    } catch (SQLException e) {
      throw failure(e, sql, stream, unmade);
    }
  }

  private <T> T on(SqlText sql, Work<T> work) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      cancellation.enter(statement);
      return work.on(statement, sql.whole());
    } finally {
      cancellation.leave();
    }
  }

  private void setStreaming(boolean wanted) throws SQLException {
    if (streaming != wanted) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET SESSION jdbc_stream_results = " + wanted);
      }
      streaming = wanted;
    }
  }

  private Failure failure(
      SQLException error, SqlText sql, boolean stream, Map<TableName, SQLException> unmade) {
    ErrorReport report = ErrorReport.of(error);
    if (stream && report.message().equals("Invalid result set")) {
      return lostError(error, sql);
    }
    if (EngineErrors.isFatal(report)) {
      session.broke(report.message());
    }
    Optional<Failure> cause = missing(report, unmade);
    return cause.orElseGet(() -> EngineErrors.failure(report, sql, session.tableNames(), error));
  }

  /// The driver forgets the text of an error that comes before a stream's first row; it comes again
  /// without streaming.
  private Failure lostError(SQLException error, SqlText sql) {
    if (cancellation.isCancelled()) {
      return Failure.retry("the statement was interrupted", "", error);
    }
    try {
      setStreaming(false);
      on(sql, Statement::execute);
      return Failure.retry("the result broke off before its first row", "", error);
    } catch (SQLException again) {
      ErrorReport report = ErrorReport.of(again);
      if (EngineErrors.isFatal(report)) {
        session.broke(report.message());
      }
      return EngineErrors.failure(report, sql, session.tableNames(), again);
    }
  }

  /// A table that the statement lacks because its view could not be made: the reason is what went
  /// wrong there.
  private Optional<Failure> missing(ErrorReport report, Map<TableName, SQLException> unmade) {
    if (!report.field("error_subtype").orElse("").equals("MISSING_ENTRY")) {
      return Optional.empty();
    }
    String name = report.field("name").orElse("");
    return unmade.entrySet().stream()
        .filter(entry -> entry.getKey().name().equalsIgnoreCase(name))
        .findFirst()
        .map(entry -> {
          ErrorReport reason = ErrorReport.of(entry.getValue());
          Failure failure =
              EngineErrors.failure(
                  reason, SqlText.plain(""), session.tableNames(), entry.getValue());
          List<Problem> problems =
              failure.problems().stream()
                  .map(problem -> Problem.of(entry.getKey() + ": " + problem.what(), problem.fix()))
                  .toList();
          return new Failure(failure.remedy(), problems);
        });
  }

  @Override
  public void close() {
    threads.run(
        () -> {
          connection.close();
          return true;
        },
        () -> {});
  }

  /// Work with a fresh statement: one that failed can't be used again.
  interface Work<T> {
    T on(Statement statement, String sql) throws SQLException;
  }
}
