package dev.tarn.store;

import java.sql.SQLException;

/// Where a test can break a commit: what it throws is taken for the database's own answer to
/// COMMIT.
public interface CommitSeam {
  CommitSeam NONE = new CommitSeam() {};

  /// The transaction is complete and not yet committed.
  default void before() throws SQLException {}

  /// The database has accepted the commit; who asked does not know it yet.
  default void after() throws SQLException {}
}
