package dev.tarn.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;

/// Makes an earlier snapshot the current one, as Iceberg's own rollback does: nothing is copied,
/// the history goes on, and the snapshots that are undone can still be read until they expire.
/// Beyond that the table gets back the columns that it had then.
final class Rewind {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TableName name;
  private final LakeFiles files;

  Rewind(TableName name, LakeFiles files) {
    this.name = name;
    this.files = files;
  }

  TableMetadata to(long id, TableMetadata before, Instant now) {
    Snapshot snapshot = before.snapshot(id);
    if (snapshot == null) {
      throw Failure.input(
          name + " has no snapshot " + id, "tarn history " + name + " lists what there is");
    }
    return dated(GivenTime.build(before, now, base -> builder(base, snapshot)), before, now);
  }

  private TableMetadata.Builder builder(TableMetadata before, Snapshot snapshot) {
    Schema schema =
        Optional.ofNullable(snapshot.schemaId())
            .flatMap(then -> Optional.ofNullable(before.schemasById().get(then)))
            .orElseGet(before::schema);
    TableMetadata.Builder builder = TableMetadata.buildFrom(before);
    if (schema.schemaId() != before.currentSchemaId()) {
      builder.setCurrentSchema(schema.schemaId());
    }
    builder.setDefaultPartitionSpec(partitions(before, snapshot, schema));
    if (!fits(before.sortOrder(), schema)) {
      builder.setDefaultSortOrder(SortOrder.unsorted());
    }
    SnapshotRef main = SnapshotRef.branchBuilder(snapshot.snapshotId()).build();
    return builder.setRef(SnapshotRef.MAIN_BRANCH, main);
  }

  /// As the snapshot's own files are split, when all are split alike.
  private PartitionSpec partitions(TableMetadata before, Snapshot snapshot, Schema schema) {
    List<Integer> used =
        snapshot.dataManifests(files).stream()
            .map(ManifestFile::partitionSpecId)
            .distinct()
            .toList();
    PartitionSpec spec = used.size() == 1 ? before.spec(used.getFirst()) : before.spec();
    boolean fits =
        spec.fields().stream().allMatch(field -> schema.findField(field.sourceId()) != null);
    return fits ? spec : PartitionSpec.unpartitioned();
  }

  private static boolean fits(SortOrder order, Schema schema) {
    return order.fields().stream().allMatch(field -> schema.findField(field.sourceId()) != null);
  }

  /// Iceberg takes the time of the step back from the machine; ours is given.
  private static TableMetadata dated(TableMetadata after, TableMetadata before, Instant now) {
    try {
      ObjectNode json = (ObjectNode) JSON.readTree(TableMetadataParser.toJson(after));
      json.put("last-updated-ms", GivenTime.time(before, now));
      ArrayNode log = json.withArray("snapshot-log");
      ((ObjectNode) log.get(log.size() - 1)).put("timestamp-ms", SnapshotStage.time(before, now));
      return TableMetadataParser.fromJson(json.toString());
    } catch (JsonProcessingException e) {
      throw Failure.bug("Iceberg's own metadata is not JSON", e);
    }
  }
}
