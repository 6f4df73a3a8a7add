package dev.tarn.app.ask;

import dev.tarn.app.run.Opened;
import dev.tarn.vocabulary.Consumed;
import dev.tarn.vocabulary.Drift;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `system.sources` (what was consumed) and `system.drift`.
final class SourceTables {
  static final SystemTable SOURCES =
      SystemTable.of(
          "sources",
          SourceTables::sources,
          "table VARCHAR",
          "item VARCHAR",
          "version VARCHAR",
          "bytes BIGINT",
          "modified_at TIMESTAMPTZ",
          "outcome VARCHAR",
          "rows BIGINT",
          "rejected BIGINT",
          "run VARCHAR",
          "taken_at TIMESTAMPTZ");

  static final SystemTable DRIFT =
      SystemTable.of(
          "drift",
          SourceTables::drifts,
          "table VARCHAR",
          "item VARCHAR",
          "column VARCHAR",
          "change VARCHAR",
          "before VARCHAR",
          "after VARCHAR",
          "action VARCHAR",
          "run VARCHAR",
          "seen_at TIMESTAMPTZ");

  private SourceTables() {}

  private static List<List<@Nullable Object>> sources(Opened opened) {
    return opened.store().read(transaction -> transaction.consumed().all()).stream()
        .map(SourceTables::source)
        .toList();
  }

  private static List<@Nullable Object> source(Consumed taken) {
    return SystemTable.row(
        taken.table().toString(),
        taken.item(),
        taken.version(),
        taken.bytes(),
        taken.modified(),
        taken.outcome(),
        taken.rows(),
        taken.rejected(),
        taken.run().toString(),
        taken.at());
  }

  private static List<List<@Nullable Object>> drifts(Opened opened) {
    return opened.store().read(transaction -> transaction.drifts().all()).stream()
        .map(SourceTables::drift)
        .toList();
  }

  private static List<@Nullable Object> drift(Drift drift) {
    return SystemTable.row(
        drift.table().toString(),
        drift.item(),
        drift.column(),
        drift.change(),
        drift.before(),
        drift.after(),
        drift.action(),
        drift.run().toString(),
        drift.at());
  }
}
