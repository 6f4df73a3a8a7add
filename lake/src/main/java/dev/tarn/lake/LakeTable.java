package dev.tarn.lake;

import dev.tarn.vocabulary.Schema;
import dev.tarn.vocabulary.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A table as it is in one version of its metadata; it does not change any more.
public final class LakeTable {

  private LakeTable() {}

  public TableName name() {
    throw new IllegalStateException("the faces land first");
  }

  public Schema schema() {
    throw new IllegalStateException("the faces land first");
  }

  /// The columns with their field ids.
  public List<FieldNode> columns() {
    throw new IllegalStateException("the faces land first");
  }

  /// The columns of an older version.
  public Schema schema(AsOf asOf) {
    throw new IllegalStateException("the faces land first");
  }

  /// The table's own description, empty when it has none.
  public String description() {
    throw new IllegalStateException("the faces land first");
  }

  /// Descriptions by column name, for the columns that have one.
  public Map<String, String> columnDocs() {
    throw new IllegalStateException("the faces land first");
  }

  public List<PartitionKey> partition() {
    throw new IllegalStateException("the faces land first");
  }

  public List<SortKey> sort() {
    throw new IllegalStateException("the faces land first");
  }

  public Map<String, String> properties() {
    throw new IllegalStateException("the faces land first");
  }

  /// The current snapshot; empty for a table that others made and never wrote to.
  public Optional<Long> snapshotId() {
    throw new IllegalStateException("the faces land first");
  }

  /// The metadata file that says all this; different for every version.
  public String metadataLocation() {
    throw new IllegalStateException("the faces land first");
  }

  public long rows() {
    throw new IllegalStateException("the faces land first");
  }

  /// Bytes of data files.
  public long bytes() {
    throw new IllegalStateException("the faces land first");
  }

  /// The snapshots, the newest first.
  public List<SnapshotInfo> history() {
    throw new IllegalStateException("the faces land first");
  }

  /// What to read to get the current rows.
  public Scan scan() {
    return scan(new AsOf.Current());
  }

  /// What to read to get the rows of another version, with the columns it had.
  public Scan scan(AsOf asOf) {
    throw new IllegalStateException("the faces land first");
  }

  /// The data files of the current version.
  public List<DataFileInfo> files() {
    throw new IllegalStateException("the faces land first");
  }
}
