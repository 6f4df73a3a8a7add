package dev.tarn.app.run;

import dev.tarn.lake.SnapshotInfo;
import dev.tarn.vocabulary.Consumed;
import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How far one table is taken back.
///
/// @param from the current version
/// @param to the version that is current afterwards; absent when the table is left without rows
/// @param runs the runs whose publications on this table are undone
/// @param again what the table's source will take again
/// @param gone those of them that are no longer where the source looks
public record Rewound(
    TableName table,
    SnapshotInfo from,
    Optional<SnapshotInfo> to,
    Set<RunId> runs,
    List<Consumed> again,
    List<Consumed> gone) {

  public Rewound {
    runs = Set.copyOf(runs);
    again = List.copyOf(again);
    gone = List.copyOf(gone);
  }

  public long rowsAfter() {
    return to.map(SnapshotInfo::rows).orElse(0L);
  }
}
