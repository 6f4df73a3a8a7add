package dev.tarn.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/// What can be seen of a database file from outside, to tell whether anybody wrote it in between.
record UnchangingFile(long bytes, FileTime modified, boolean log) {

  static UnchangingFile now(MetadataLocation.SqliteFile file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file.file(), BasicFileAttributes.class);
      return new UnchangingFile(attributes.size(), attributes.lastModifiedTime(), hasLog(file));
    } catch (IOException _) {
      // It is gone, which is a change too.
      return new UnchangingFile(-1, FileTime.fromMillis(0), false);
    }
  }

  /// True while a process has the database open and wrote, or after one died.
  static boolean hasLog(MetadataLocation.SqliteFile file) {
    return file.beside("-wal").toFile().length() > 0;
  }
}
