package dev.tarn.store;

import java.sql.SQLException;

/// A statement failed; the transaction it belongs to cannot be committed.
final class SqlProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final SQLException sql;

  SqlProblem(SQLException sql) {
    super(sql);
    this.sql = sql;
  }

  SQLException sql() {
    return sql;
  }
}
