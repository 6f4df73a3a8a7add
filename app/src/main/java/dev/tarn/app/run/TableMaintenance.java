package dev.tarn.app.run;

import dev.tarn.engine.EngineSession;
import dev.tarn.engine.upkeep.Compactor;
import dev.tarn.lake.Compaction;
import dev.tarn.lake.Upkeep;
import dev.tarn.lake.Upkept;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Tidies up one table, piece by piece.
final class TableMaintenance {
  private final TableName table;
  private final List<String> problems = new ArrayList<>();
  private final List<RunId> done = new ArrayList<>();
  private Optional<Upkept> before = Optional.empty();
  private long rewritten;
  private long made;
  private boolean compacted;

  TableMaintenance(TableName table) {
    this.table = table;
  }

  TableName table() {
    return table;
  }

  /// Writes some small files anew. False when there are none left worth it.
  boolean compact(Upkeep upkeep, RunId run, EngineSession session) {
    if (before.isEmpty()) {
      before = Optional.of(upkeep.figures(table));
    }
    if (compacted) {
      return false;
    }
    try {
      compacted = !compactSome(upkeep, run, session);
    } catch (Failure failure) {
      compacted = true;
      problems.add(failure.getMessage());
    }
    return !compacted;
  }

  private boolean compactSome(Upkeep upkeep, RunId run, EngineSession session) {
    done.add(run);
    Optional<Compaction> next = upkeep.compaction(table, done);
    if (next.isEmpty()) {
      return false;
    }
    Optional<Integer> files = new Compactor(upkeep, run, session).compact(next.get());
    if (files.isEmpty()) {
      problems.add("another program changed the same files meanwhile: maintain it again");
      return false;
    }
    rewritten += next.get().small().files().size();
    made += files.get();
    return true;
  }

  Maintained finish(Upkeep upkeep, RunId run) {
    long merged = 0;
    long expired = 0;
    try {
      merged = upkeep.mergeable(table);
      expired = upkeep.expirable(table);
      if (!upkeep.tidy(table, run)) {
        merged = 0;
        expired = 0;
      }
    } catch (Failure failure) {
      merged = 0;
      expired = 0;
      problems.add(failure.getMessage());
    }
    return told(upkeep, merged, expired);
  }

  private Maintained told(Upkeep upkeep, long merged, long expired) {
    Upkept first = before.orElseGet(() -> upkeep.figures(table));
    return new Maintained(
        table,
        first,
        upkeep.figures(table),
        rewritten,
        made,
        merged,
        expired,
        String.join("\n", problems));
  }

  /// What would be done.
  static Maintained foreseen(Upkeep upkeep, TableName table) {
    Upkept figures = upkeep.figures(table);
    try {
      long small =
          upkeep.compactable(table).map(found -> (long) found.small().files().size()).orElse(0L);
      return new Maintained(
          table, figures, figures, small, 0, upkeep.mergeable(table), upkeep.expirable(table), "");
    } catch (Failure failure) {
      return new Maintained(table, figures, figures, 0, 0, 0, 0, failure.getMessage());
    }
  }
}
