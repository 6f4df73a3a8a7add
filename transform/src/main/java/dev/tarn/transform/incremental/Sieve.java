package dev.tarn.transform.incremental;

import dev.tarn.vocabulary.TableName;
import java.util.Optional;

/// How rows are kept out of a table: which, and where those are that were kept out before.
///
/// @param mark SQL over a row of `this`: 0 for rows of the table
/// @param held what reads the rows that were kept out, with the table's columns at least; empty
///   when there are none
public record Sieve(String mark, Optional<TableName> held) {

  /// The rows of a relation that the table takes.
  String good(String relation) {
    return "SELECT * FROM " + relation + " AS this WHERE " + mark + " = 0";
  }

  /// The rows that it does not.
  String bad(String relation) {
    return "SELECT * FROM " + relation + " AS this WHERE " + mark + " <> 0";
  }

  /// Is handed the rows that are kept out now, while they can be read.
  @FunctionalInterface
  public interface Sink {
    /// @param sql a query of rows with the table's columns
    void accept(String sql);
  }
}
