package dev.tarn.app.run;

import dev.tarn.engine.change.Counts;
import dev.tarn.vocabulary.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far a run moved a table.
///
/// @param figures the sums that are others now
public record Moved(
    TableName table, long rowsBefore, long rowsAfter, Counts counts, List<Figure> figures) {
  public Moved {
    figures = List.copyOf(figures);
  }

  /// The sum of a column of numbers.
  public record Figure(String column, @Nullable Object before, @Nullable Object after) {}
}
