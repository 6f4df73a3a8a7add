package dev.tarn.store;

import dev.tarn.vocabulary.CheckResult;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.util.List;

/// The checks' results in `tarn_checks`.
record SqlCheckLog(Sql sql, Scope scope) implements CheckLog {
  private static final String COLUMNS =
      """
      SELECT run, table_name, name, kind, check_text, on_fail, passed, row_count, failures, samples, detail, at
      FROM tarn_checks\
      """;
  private static final String SEEN = " WHERE " + Scope.seen("id");

  @Override
  public void add(RunId run, List<CheckResult> results) {
    sql.changeEach(
        """
        INSERT INTO tarn_checks (branch, run, table_name, name, kind, check_text, on_fail, passed, row_count,
          failures, samples, detail, at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        results,
        result ->
            new Object[] {
              scope.branch(),
              run,
              result.table(),
              result.name(),
              result.kind(),
              result.check(),
              result.onFail(),
              result.passed(),
              result.rows(),
              result.failures(),
              Lines.of(result.samples()),
              result.detail(),
              result.at()
            });
  }

  @Override
  public List<CheckRecord> ofRun(RunId run) {
    return sql.list(
        SqlCheckLog::read,
        COLUMNS + SEEN + " AND run = ? ORDER BY id",
        scope.branch(),
        scope.past().checks(),
        run);
  }

  @Override
  public List<CheckRecord> ofTable(TableName table, int limit) {
    return sql.list(
        SqlCheckLog::read,
        COLUMNS + SEEN + " AND table_name = ? ORDER BY id DESC LIMIT ?",
        scope.branch(),
        scope.past().checks(),
        table,
        limit);
  }

  @Override
  public List<CheckRecord> latest(int limit) {
    return sql.list(
        SqlCheckLog::read,
        COLUMNS + SEEN + " ORDER BY id DESC LIMIT ?",
        scope.branch(),
        scope.past().checks(),
        limit);
  }

  private static CheckRecord read(Row row) {
    return new CheckRecord(
        row.run(1),
        new CheckResult(
            row.table(2),
            row.text(3),
            row.text(4),
            row.text(5),
            row.text(6),
            row.truth(7),
            row.number(8),
            row.number(9),
            Lines.read(row.text(10)),
            row.text(11),
            row.instant(12)));
  }
}
