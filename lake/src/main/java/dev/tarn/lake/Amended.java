package dev.tarn.lake;

import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;

/// What a change of some rows does to a table's files.
record Amended(
    List<DataFile> gone,
    List<DeleteFile> goneDeletes,
    List<DataFile> come,
    List<DeleteFile> comeDeletes,
    Amendment.Figures figures) {}
