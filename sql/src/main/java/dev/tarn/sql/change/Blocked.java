package dev.tarn.sql.change;

/// Ends the reading of a query in which an obstacle was found.
final class Blocked extends RuntimeException {
  private static final long serialVersionUID = 1;

  Blocked(String what) {
    super(what, null, false, false);
  }
}
