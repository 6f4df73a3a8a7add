package dev.tarn.engine.duckdb;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// Time that stands still: macros in the place of DuckDB's own functions, so that queries, views
/// and checks see the same time while their text stays as written. `current_timestamp` and the
/// other names without brackets are read by DuckDB as calls of these. Only a call that names
/// DuckDB's system catalog (`system.main.now()`) passes them by.
final class FixedClock {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private FixedClock() {}

  /// Statements that fix the time of an instance whose zone is UTC.
  static List<String> macros(Instant now) {
    String local = TIME.format(LocalDateTime.ofInstant(now, ZoneOffset.UTC));
    String date = local.substring(0, 10);
    String time = local.substring(11);
    String zoned = "TIMESTAMPTZ '" + local + "+00'";
    return List.of(
        macro("now() AS " + zoned),
        macro("get_current_timestamp() AS " + zoned),
        macro("transaction_timestamp() AS " + zoned),
        macro("today() AS DATE '" + date + "'"),
        macro("current_date() AS DATE '" + date + "'"),
        macro("get_current_time() AS TIMETZ '" + time + "+00'"),
        macro("current_localtime() AS TIME '" + time + "'"),
        macro("current_localtimestamp() AS TIMESTAMP '" + local + "'"),
        macro("ago(span) AS " + zoned + " - span"),
        macro(
            "age(since) AS system.main.age(TIMESTAMP '"
                + date
                + "', since), (upto, since) AS system.main.age(upto, since)"));
  }

  private static String macro(String text) {
    return "CREATE OR REPLACE MACRO " + text;
  }
}
