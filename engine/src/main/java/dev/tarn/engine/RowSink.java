package dev.tarn.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the rows of a result one by one.
public interface RowSink {

  /// Called once, before the first row.
  void columns(List<EngineColumn> columns);

  /// Called per row; values as in [Rows]. The list may be reused for the next row.
  void row(List<@Nullable Object> values);
}
