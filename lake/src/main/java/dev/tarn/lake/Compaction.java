package dev.tarn.lake;

import java.util.List;
import org.apache.iceberg.DataFile;

/// Small files of a table that are to be written anew as fewer, larger ones.
///
/// @param small what to read to get the rows of these files alone
/// @param partitions how many partitions they are of
/// @param gone the files as the table knows them
public record Compaction(LakeTable table, Scan small, int partitions, List<DataFile> gone) {

  public Compaction {
    gone = List.copyOf(gone);
  }

  public long bytes() {
    return small.files().stream().mapToLong(ScanFile::bytes).sum();
  }
}
