package dev.tarn.store;

import dev.tarn.vocabulary.LineageEdge;
import dev.tarn.vocabulary.TableName;
import java.util.List;

/// Which column is derived from which.
public interface LineageLog {
  /// The edges that lead into `table` are these from now on.
  void replace(TableName table, List<LineageEdge> edges);

  /// The edges that lead into the table.
  List<LineageEdge> into(TableName table);

  /// The edges that lead out of the table.
  List<LineageEdge> outOf(TableName table);

  List<LineageEdge> all();
}
