package dev.tarn.store;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/// SQLite's errors in words that say what to do; the numbers are those of sqlite.org/rescode.html.
record SqliteFailures(MetadataLocation.SqliteFile location) {
  static final int ERROR = 1;
  static final int PERM = 3;
  static final int BUSY = 5;
  static final int LOCKED = 6;
  static final int NOMEM = 7;
  static final int READONLY = 8;
  static final int IOERR = 10;
  static final int CORRUPT = 11;
  static final int FULL = 13;
  static final int CANTOPEN = 14;
  static final int NOTADB = 26;

  private static final long LITTLE_SPACE = 1 << 16;

  private static final String RESTORE =
      "put back a backup of the file; or move it away: tarn doctor --repair finds the tables again";

  Failure of(SQLException e) {
    return switch (SqliteDatabase.primaryCode(e)) {
      case BUSY, LOCKED ->
          failure(
              Remedy.RETRY,
              "the metadata database is locked by another process that writes",
              "run again when it has ended; if none should be there, look who has the file open",
              e);
      case READONLY, PERM ->
          failure(Remedy.FIX_INPUT, "the metadata database cannot be written", WRITE_RIGHT, e);
      case CANTOPEN -> cannotOpen(e);
      case CORRUPT ->
          failure(Remedy.FIX_DATA, "the metadata database is damaged: " + words(e), RESTORE, e);
      // A row whose damaged length nothing could hold.
      case NOMEM ->
          failure(
              Remedy.FIX_DATA,
              "the metadata database is damaged, or the machine has no memory left: " + words(e),
              "give the process memory; else " + RESTORE,
              e);
      case NOTADB ->
          failure(
              Remedy.FIX_DATA,
              "the metadata database is not a database, or its first page is damaged",
              "see whether lake.metadata names the right file; " + RESTORE,
              e);
      case FULL ->
          failure(
              Remedy.RETRY,
              "the disk of the metadata database is full; nothing was changed",
              "free some space and run again",
              e);
      case IOERR ->
          noSpace()
              ? failure(
                  Remedy.RETRY,
                  "the disk of the metadata database is full; nothing was changed",
                  "free some space: even reading needs a little",
                  e)
              : failure(
                  Remedy.RETRY,
                  "the disk of the metadata database fails: " + words(e),
                  "check the disk (its log, its space), then run again",
                  e);
      case ERROR -> missing(e);
      default -> Failure.bug("the metadata database refused a statement: " + words(e), e);
    };
  }

  /// SQLite can't tell a full disk from a broken one when it makes the files beside its own.
  private boolean noSpace() {
    try {
      return Files.getFileStore(location.folder()).getUsableSpace() < LITTLE_SPACE;
    } catch (IOException _) {
      return false;
    }
  }

  static final String WRITE_RIGHT = "give this user the right to write the file and its folder";

  Failure readOnly() {
    return new Failure(
        Remedy.FIX_INPUT,
        List.of(Problem.at(place(), "the metadata database cannot be written", WRITE_RIGHT)));
  }

  Failure folder(IOException e) {
    return failure(
        Remedy.FIX_INPUT,
        "the folder of the metadata database cannot be made or written: " + e,
        "check lake.metadata and the rights of its folder",
        e);
  }

  Failure stranger(String table) {
    return new Failure(
        Remedy.FIX_INPUT,
        List.of(
            Problem.at(
                place(),
                "this is another program's database: it has the table '" + table + "'",
                "let lake.metadata name a file of its own; Tarn makes it")));
  }

  private Failure cannotOpen(SQLException e) {
    Path file = location.file();
    String what =
        Files.isDirectory(file)
            ? "the metadata database is a folder"
            : Files.exists(file) && !Files.isReadable(file)
                ? "the metadata database cannot be read"
                : UnchangingFile.hasLog(location)
                    ? "the metadata database has a log ("
                        + file.getFileName()
                        + "-wal) that cannot be read without writing"
                    : "the metadata database cannot be opened";
    return failure(
        Remedy.FIX_INPUT,
        what,
        "lake.metadata must name a file that this user may read and write, in a folder it may write",
        e);
  }

  /// Tables were there, or there would be no version: somebody dropped or overwrote them.
  private Failure missing(SQLException e) {
    String words = words(e);
    if (words.contains("already exists") || words.contains("duplicate column")) {
      // The page that lists the tables and the tables themselves disagree, or of the version.
      return failure(Remedy.FIX_DATA, "the metadata database is damaged: " + words, RESTORE, e);
    }
    return words.contains("no such table") || words.contains("no such column")
        ? failure(Remedy.FIX_DATA, "the metadata database lacks a part: " + words, RESTORE, e)
        : Failure.bug("the metadata database refused a statement: " + words, e);
  }

  private Failure failure(Remedy remedy, String what, String fix, Throwable cause) {
    return new Failure(remedy, Problem.at(place(), what, fix), cause);
  }

  private Location place() {
    return Location.file(location.toString());
  }

  /// What SQLite says in brackets is its own words, without the driver's.
  private static String words(SQLException e) {
    String message = String.valueOf(e.getMessage());
    int open = message.indexOf('(');
    return message.startsWith("[SQLITE") && open >= 0 && message.endsWith(")")
        ? message.substring(open + 1, message.length() - 1)
        : message;
  }
}
