package dev.tarn.lake;

import java.nio.file.Path;
import java.util.Optional;

/// One data file of a table, as people look at it.
///
/// @param rows how many rows it holds, deleted ones too
/// @param partition as `day=2026-01-31/country=de`; empty for tables without partitions
/// @param crc32c the checksum recorded when it was written; absent for files that others wrote
public record DataFileInfo(
    Path path, long rows, long bytes, String partition, Optional<Integer> crc32c) {}
