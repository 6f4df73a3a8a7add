package dev.tarn.lake;

import java.nio.file.Path;
import java.util.Optional;

/// One data file of a scan.
///
/// @param crc32c the checksum recorded when it was written; absent for files that others wrote
public record ScanFile(Path path, long rows, long bytes, Optional<Integer> crc32c) {}
