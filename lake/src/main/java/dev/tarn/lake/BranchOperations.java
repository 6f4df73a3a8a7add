package dev.tarn.lake;

import org.apache.iceberg.LocationProviders;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/// Lets Iceberg's own operations work on a table's metadata in memory; nothing they commit is seen
/// by anybody.
final class BranchOperations implements TableOperations {
  private final FileIO files;
  private final String prefix;
  private TableMetadata current;

  /// @param prefix what the names of new metadata files begin with, such as the run
  BranchOperations(TableMetadata current, FileIO files, String prefix) {
    this.current = current;
    this.files = files;
    this.prefix = prefix;
  }

  @Override
  public TableMetadata current() {
    return current;
  }

  @Override
  public TableMetadata refresh() {
    return current;
  }

  @Override
  public void commit(TableMetadata base, TableMetadata metadata) {
    if (base != current) {
      throw new IllegalStateException("two changes at once");
    }
    current = metadata;
  }

  @Override
  public FileIO io() {
    return files;
  }

  @Override
  public String metadataFileLocation(String name) {
    return current.location() + "/metadata/" + prefix + "-" + name;
  }

  @Override
  public LocationProvider locationProvider() {
    return LocationProviders.locationsFor(current.location(), current.properties());
  }
}
