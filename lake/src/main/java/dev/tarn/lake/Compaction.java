package dev.tarn.lake;

import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;

/// Files of a table that are to be written anew: small ones as fewer, larger ones, and those of
/// which much is deleted without what is.
///
/// @param small what to read to get the rows of these files alone
/// @param partitions how many partitions they are of
/// @param gone the files as the table knows them
/// @param goneLists the lists of their deleted rows, which nobody needs without them
public record Compaction(
    LakeTable table, Scan small, int partitions, List<DataFile> gone, List<DeleteFile> goneLists) {

  public Compaction {
    gone = List.copyOf(gone);
    goneLists = List.copyOf(goneLists);
  }

  public long bytes() {
    return small.files().stream().mapToLong(ScanFile::bytes).sum();
  }
}
