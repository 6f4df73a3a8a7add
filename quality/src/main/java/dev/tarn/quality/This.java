package dev.tarn.quality;

/// The table under check as the SQL of a check sees it: a view named `this`, on one connection.
final class This {

  private This() {}

  static String view(Subject subject, String where) {
    return "CREATE OR REPLACE TEMP VIEW this AS SELECT *"
        + subject.from()
        + (where.equals("true") ? "" : " WHERE " + where);
  }
}
