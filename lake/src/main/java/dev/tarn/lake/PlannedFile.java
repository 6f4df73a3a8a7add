package dev.tarn.lake;

import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;

/// A data file as a table knows it, and which of its rows are to be read.
///
/// @param deletes lists the rows that are left out
/// @param only lists the rows that are read; empty to read all
record PlannedFile(DataFile file, List<DeleteFile> deletes, List<DeleteFile> only) {

  PlannedFile {
    deletes = List.copyOf(deletes);
    only = List.copyOf(only);
  }
}
