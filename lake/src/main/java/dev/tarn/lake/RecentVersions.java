package dev.tarn.lake;

import dev.tarn.store.Pointer;
import dev.tarn.vocabulary.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadata.MetadataLogEntry;

/// The versions of a table's metadata that were current not long ago: whoever began to read one of
/// them may still be at it.
final class RecentVersions {
  private final Catalog catalog;
  private final Instant now;
  private final Duration grace;

  /// @param grace how long ago is not long ago; none when it is zero
  RecentVersions(Catalog catalog, Instant now, Duration grace) {
    this.catalog = catalog;
    this.now = now;
    this.grace = grace;
  }

  /// Without the current one, the newest first.
  List<TableMetadata> of(Pointer pointer) {
    List<TableMetadata> found = new ArrayList<>();
    if (grace.isZero()) {
      return found;
    }
    long since = now.minus(grace).toEpochMilli();
    Optional<TableMetadata> version = read(pointer, pointer.metadataLocation());
    while (version.isPresent()
        && version.get().lastUpdatedMillis() >= since
        && !version.get().previousFiles().isEmpty()) {
      MetadataLogEntry before = version.get().previousFiles().getLast();
      version = read(pointer, before.file());
      version.ifPresent(found::add);
    }
    return found;
  }

  /// A version that can't be read by us can't be read by others either.
  private Optional<TableMetadata> read(Pointer pointer, String location) {
    try {
      return Optional.of(catalog.metadata(pointer.name(), location));
    } catch (Failure _) {
      return Optional.empty();
    }
  }
}
