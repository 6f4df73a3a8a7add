package dev.tarn.store;

import dev.tarn.vocabulary.Failure;
import dev.tarn.vocabulary.Location;
import dev.tarn.vocabulary.Problem;
import dev.tarn.vocabulary.Remedy;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;

/// PostgreSQL's errors in words that say what to do; the codes are those of its manual's appendix
/// A.
record PostgresFailures(MetadataLocation.Postgres location) {

  /// The connection is gone or never was: 08 by the driver, 57P by a server that stops or starts.
  static boolean isLost(String state) {
    return state.startsWith("08") || state.startsWith("57P");
  }

  /// Serialization failure, deadlock, a lock not to be had in time.
  static boolean isConflict(String state) {
    return state.equals("40001") || state.equals("40P01") || state.equals("55P03");
  }

  Failure of(SQLException e) {
    String state = Optional.ofNullable(e.getSQLState()).orElse("");
    if (isLost(state)) {
      return failure(
          Remedy.RETRY,
          "the metadata database cannot be reached: " + words(e) + unknownHost(e),
          "start the server or repair the way to it, then run again",
          e);
    }
    return switch (state) {
      case "28P01", "28000" ->
          failure(
              Remedy.FIX_INPUT,
              "the metadata database lets "
                  + location.user().map(user -> "the user '" + user + "'").orElse("this user")
                  + " not in: "
                  + words(e),
              "check user and password in lake.metadata, as in ?user=tarn&password=${env:TARN_DB_PASSWORD}",
              e);
      case "3D000" ->
          failure(
              Remedy.FIX_INPUT,
              "the server has no database '" + location.database() + "'",
              "make it with createdb " + location.database() + ", or name another in lake.metadata",
              e);
      case "42501", "3F000" ->
          failure(
              Remedy.FIX_INPUT,
              "the metadata database does not allow it: " + words(e),
              "let the user make and change tables in the schema that lake.metadata names",
              e);
      case "25006" ->
          failure(
              Remedy.FIX_INPUT,
              "the metadata database can only be read",
              "name the primary server in lake.metadata",
              e);
      case "42P01", "42703" ->
          failure(Remedy.FIX_DATA, "the metadata database lacks a part: " + words(e), RESTORE, e);
      case "40001", "40P01", "55P03" ->
          failure(
              Remedy.RETRY,
              "the metadata database is held up by other processes: " + words(e),
              "run again when they have ended",
              e);
      default -> byClass(state, e);
    };
  }

  private static final String RESTORE = "put back a backup of the database";

  private Failure byClass(String state, SQLException e) {
    if (state.startsWith("53") || state.startsWith("58")) {
      return failure(
          Remedy.RETRY,
          "the server of the metadata database is out of something: " + words(e),
          "free its disk, memory or connections, then run again",
          e);
    }
    return state.startsWith("XX")
        ? failure(Remedy.FIX_DATA, "the metadata database is damaged: " + words(e), RESTORE, e)
        : Failure.bug("the metadata database refused a statement (" + state + "): " + words(e), e);
  }

  private Failure failure(Remedy remedy, String what, String fix, Throwable cause) {
    return new Failure(remedy, Problem.at(Location.file(location.toString()), what, fix), cause);
  }

  /// The driver only says that the attempt failed.
  private static String unknownHost(SQLException e) {
    return e.getCause() instanceof UnknownHostException unknown
        ? " There is no host '" + unknown.getMessage() + "'."
        : "";
  }

  private static String words(SQLException e) {
    return String.valueOf(e.getMessage()).replaceFirst("^(FATAL|ERROR): ", "").replace('\n', ' ');
  }
}
