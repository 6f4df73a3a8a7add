package dev.tarn.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tarn.vocabulary.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;

/// A branch's version of a table as main's: the same rows and the same past, but seen from now on.
/// Whoever asks main what was there yesterday is not told what only the branch had then.
final class Adoption {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Adoption() {}

  /// @param theirs the branch's version
  /// @param ours what main has now; empty when it has no such table
  static TableMetadata of(TableMetadata theirs, Optional<TableMetadata> ours, Instant now) {
    long at = Math.max(GivenTime.time(theirs, now), ours.map(Adoption::next).orElse(0L));
    try {
      ObjectNode json = (ObjectNode) JSON.readTree(TableMetadataParser.toJson(theirs));
      json.put("last-updated-ms", at);
      json.set("metadata-log", GivenTime.versions(theirs, json));
      json.set("snapshot-log", seen(theirs, ours, at));
      return TableMetadataParser.fromJson(json.toString());
    } catch (JsonProcessingException e) {
      throw Failure.bug("Iceberg's own metadata is not JSON", e);
    }
  }

  private static long next(TableMetadata ours) {
    return ours.lastUpdatedMillis() + 1;
  }

  /// What main had, and from now on what the branch has.
  private static ArrayNode seen(TableMetadata theirs, Optional<TableMetadata> ours, long at) {
    ArrayNode log = JSON.createArrayNode();
    Optional<Long> current =
        Optional.ofNullable(theirs.currentSnapshot()).map(Snapshot::snapshotId);
    if (current.isEmpty()) {
      return log;
    }
    List<HistoryEntry> before = ours.map(TableMetadata::snapshotLog).orElse(List.of());
    List<HistoryEntry> known = new ArrayList<>();
    for (HistoryEntry entry : before) {
      if (theirs.snapshot(entry.snapshotId()) != null) {
        known.add(entry);
      } else if (ours.filter(main -> isUpkeep(main, entry)).isEmpty()) {
        // A version that is gone hides those before it: what was seen then is not known any more.
        known.clear();
      }
    }
    known.forEach(entry -> put(log, entry.snapshotId(), entry.timestampMillis()));
    boolean seen = !known.isEmpty() && known.getLast().snapshotId() == current.get();
    if (!seen) {
      long last = known.isEmpty() ? 0 : known.getLast().timestampMillis();
      put(log, current.get(), Math.max(at, last + 1));
    }
    return log;
  }

  /// Then the version before it had the same rows, and tells as much.
  private static boolean isUpkeep(TableMetadata main, HistoryEntry entry) {
    return Optional.ofNullable(main.snapshot(entry.snapshotId()))
        .filter(snapshot -> DataOperations.REPLACE.equals(snapshot.operation()))
        .isPresent();
  }

  private static void put(ArrayNode log, long snapshot, long at) {
    log.addObject().put("timestamp-ms", at).put("snapshot-id", snapshot);
  }
}
