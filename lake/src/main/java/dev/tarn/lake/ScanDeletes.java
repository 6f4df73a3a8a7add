package dev.tarn.lake;

import java.nio.file.Path;
import java.util.Optional;

/// One file that lists rows by the data file they are in and their place in it: a position delete
/// file.
///
/// @param rows how many rows it lists
/// @param crc32c the checksum recorded when it was written; absent for files that others wrote
/// @param ofOneFile whether all rows that it lists are in one and the same data file
public record ScanDeletes(
    Path path, long rows, long bytes, Optional<Integer> crc32c, boolean ofOneFile) {}
