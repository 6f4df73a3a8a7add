package dev.tarn.store;

import dev.tarn.vocabulary.RunId;
import dev.tarn.vocabulary.TableName;

/// A file of the lake as it was when written.
///
/// @param path as the lake's metadata names it
/// @param crc32c the checksum of the whole file (RFC 3720 CRC-32C)
/// @param run the run that wrote it
public record FileRecord(
    String path, long bytes, int crc32c, TableName table, FileKind kind, RunId run) {}
