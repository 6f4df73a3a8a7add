package dev.tarn.vocabulary;

import java.time.Instant;

/// One piece of input that a source has taken: for files, one version of one file.
///
/// @param table the bronze table it landed in
/// @param item the file's path, or the topic and partition
/// @param version the content: SHA-256 in hex for files
/// @param bytes its size
/// @param modified the file's modification time as the file system gave it
/// @param identity what the file system knows it by (device and inode), to notice a swap cheaply
/// @param outcome `taken`, `same` (the same content under another name), `empty` or `rejected`
/// @param rows rows landed
/// @param rejected rows kept aside
/// @param run the run that took it
/// @param reading names the settings it was read with; empty when that is not known
public record Consumed(
    TableName table,
    String item,
    String version,
    long bytes,
    Instant modified,
    String identity,
    String outcome,
    long rows,
    long rejected,
    RunId run,
    Instant at,
    String reading) {

  /// Read with settings that are not known.
  public Consumed(
      TableName table,
      String item,
      String version,
      long bytes,
      Instant modified,
      String identity,
      String outcome,
      long rows,
      long rejected,
      RunId run,
      Instant at) {
    this(table, item, version, bytes, modified, identity, outcome, rows, rejected, run, at, "");
  }
}
