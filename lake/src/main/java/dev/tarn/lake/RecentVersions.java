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
    Optional<TableMetadata> current = read(pointer, pointer.metadataLocation());
    found.addAll(before(pointer, current));
    // A version that came from a branch, or one that a branch took over from main, was not made
    // from
    // the one whose place it took.
    Optional<TableMetadata> last = pointer.previous().flatMap(location -> read(pointer, location));
    if (current.filter(this::isRecent).isPresent()) {
      last.ifPresent(found::add);
      found.addAll(before(pointer, last));
    }
    return found;
  }

  private List<TableMetadata> before(Pointer pointer, Optional<TableMetadata> newest) {
    List<TableMetadata> found = new ArrayList<>();
    Optional<TableMetadata> version = newest;
    while (version.filter(this::isRecent).isPresent() && !version.get().previousFiles().isEmpty()) {
      MetadataLogEntry before = version.get().previousFiles().getLast();
      version = read(pointer, before.file());
      version.ifPresent(found::add);
    }
    return found;
  }

  private boolean isRecent(TableMetadata version) {
    return version.lastUpdatedMillis() >= now.minus(grace).toEpochMilli();
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
