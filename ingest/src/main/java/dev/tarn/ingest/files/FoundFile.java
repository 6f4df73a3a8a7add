package dev.tarn.ingest.files;

import java.nio.file.Path;
import java.time.Instant;

/// A file as a look at the disk found it.
///
/// @param item its path as people know it: from the project's folder, else absolute
/// @param identity what the file system knows it by
record FoundFile(String item, Path path, long bytes, Instant modified, String identity) {}
