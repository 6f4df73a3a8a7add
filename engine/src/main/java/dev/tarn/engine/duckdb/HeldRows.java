package dev.tarn.engine.duckdb;

import dev.tarn.engine.EngineColumn;
import dev.tarn.engine.RowSink;
import dev.tarn.engine.Rows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Keeps rows up to a limit, and whether there were more.
final class HeldRows implements RowSink {
  private final long limit;
  private final List<List<@Nullable Object>> rows = new ArrayList<>();
  private List<EngineColumn> columns = List.of();
  private boolean truncated;

  HeldRows(long limit) {
    this.limit = limit;
  }

  @Override
  public void columns(List<EngineColumn> named) {
    columns = named;
  }

  @Override
  public void row(List<@Nullable Object> values) {
    if (rows.size() >= limit) {
      truncated = true;
    } else {
      rows.add(Collections.unmodifiableList(new ArrayList<>(values)));
    }
  }

  Rows rows() {
    return new Rows(columns, Collections.unmodifiableList(rows), truncated);
  }
}
