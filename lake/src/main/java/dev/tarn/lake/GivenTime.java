package dev.tarn.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tarn.vocabulary.Failure;
import java.time.Instant;
import java.util.function.Function;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;

/// Makes a new version of a table's metadata although the machine's clock was set back: Iceberg
/// dates versions by that clock, and refuses one that is older than the one before.
final class GivenTime {
  private static final String VERSIONS = "metadata-log";
  private static final String REFUSED = "Invalid update timestamp";
  private static final ObjectMapper JSON = new ObjectMapper();

  private GivenTime() {}

  static TableMetadata build(
      TableMetadata before, Instant now, Function<TableMetadata, TableMetadata.Builder> work) {
    try {
      return work.apply(before).build();
    } catch (RuntimeException e) {
      if (!isRefusal(e)) {
        throw e;
      }
      return buildLater(before, now, work);
    }
  }

  static boolean isRefusal(RuntimeException error) {
    return String.valueOf(error.getMessage()).startsWith(REFUSED);
  }

  /// A builder that is told a location keeps the time of the version it began with: so that one is
  /// dated first.
  private static TableMetadata buildLater(
      TableMetadata before, Instant now, Function<TableMetadata, TableMetadata.Builder> work) {
    try {
      ObjectNode dated = (ObjectNode) JSON.readTree(TableMetadataParser.toJson(before));
      dated.put("last-updated-ms", time(before, now));
      dated.set(VERSIONS, versions(before, dated));
      TableMetadata base = TableMetadataParser.fromJson(dated.toString());
      TableMetadata after =
          work.apply(base).discardChanges().withMetadataLocation("not yet").build();
      return TableMetadataParser.fromJson(TableMetadataParser.toJson(after));
    } catch (JsonProcessingException e) {
      throw Failure.bug("Iceberg's own metadata is not JSON", e);
    }
  }

  /// Later than anything the table knows of.
  static long time(TableMetadata before, Instant now) {
    long last = before.snapshots().stream().mapToLong(Snapshot::timestampMillis).max().orElse(0);
    return Math.max(now.toEpochMilli(), Math.max(last, before.lastUpdatedMillis()) + 1);
  }

  static ArrayNode versions(TableMetadata before, ObjectNode dated) {
    ArrayNode versions = dated.withArray(VERSIONS);
    if (before.metadataFileLocation() != null) {
      versions
          .addObject()
          .put("timestamp-ms", before.lastUpdatedMillis())
          .put("metadata-file", before.metadataFileLocation());
    }
    while (versions.size() > before.propertyAsInt("write.metadata.previous-versions-max", 5)) {
      versions.remove(0);
    }
    return versions;
  }
}
