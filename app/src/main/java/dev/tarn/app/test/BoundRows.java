package dev.tarn.app.test;

import dev.tarn.vocabulary.Column;
import dev.tarn.vocabulary.Schema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Rows that are expected, with the types of the table that is to have them.
///
/// @param columns those that are compared
/// @param rows values by column; empty when a query makes them
/// @param all the columns of the table
record BoundRows(
    ExpectedRows expected, List<Column> columns, List<List<@Nullable Object>> rows, Schema all) {
  BoundRows {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  Optional<WrittenRows.Asked> asked() {
    return expected
        .rows()
        .flatMap(written ->
            written instanceof WrittenRows.Asked asked ? Optional.of(asked) : Optional.empty());
  }
}
