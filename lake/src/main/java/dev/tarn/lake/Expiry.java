package dev.tarn.lake;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;

/// Chooses the snapshots of a table that nobody can ask for any more. What has a tag stays, and so
/// does what readers see now.
final class Expiry {
  private final UpkeepLimits limits;
  private final Instant now;

  Expiry(UpkeepLimits limits, Instant now) {
    this.limits = limits;
    this.now = now;
  }

  TableMetadata expired(TableMetadata table) {
    Set<Long> chosen = of(table);
    return chosen.isEmpty()
        ? table
        : GivenTime.build(
            table, now, base -> TableMetadata.buildFrom(base).removeSnapshots(chosen));
  }

  /// A version's age begins when the next one takes its place: until then it is what readers saw.
  Set<Long> of(TableMetadata table) {
    Set<Long> kept = new HashSet<>();
    table.refs().values().stream().map(SnapshotRef::snapshotId).forEach(kept::add);
    List<Snapshot> newestFirst =
        table.snapshots().stream()
            .sorted(
                Comparator.comparing(Snapshot::sequenceNumber)
                    .thenComparing(Snapshot::timestampMillis)
                    .reversed())
            .toList();
    long oldest = now.minus(limits.keepFor()).toEpochMilli();
    Set<Long> expired = new HashSet<>();
    for (int i = 1; i < newestFirst.size(); i++) {
      boolean old = newestFirst.get(i - 1).timestampMillis() < oldest;
      if ((old || i >= limits.snapshots()) && !kept.contains(newestFirst.get(i).snapshotId())) {
        expired.add(newestFirst.get(i).snapshotId());
      }
    }
    return expired;
  }
}
