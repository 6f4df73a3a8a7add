package dev.tarn.engine.duckdb;

import dev.tarn.vocabulary.Location;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// A statement made around a user's text, so that errors can be placed in what the user wrote.
///
/// @param inserts where [#MARK] is put into the user's text, in order
record SqlText(String before, String written, String after, List<Integer> inserts) {
  /// Put before a layer's name that is also a catalog of DuckDB's, so that it can be told from it.
  static final String MARK = "__tarn_";

  static SqlText of(String before, String written, String after) {
    return new SqlText(before, written, after, List.of());
  }

  static SqlText plain(String sql) {
    return of("", sql, "");
  }

  SqlText withInserts(List<Integer> places) {
    return new SqlText(before, written, after, places);
  }

  String whole() {
    return before + inner() + after;
  }

  /// What the user wrote, as the engine is to see it.
  String inner() {
    StringBuilder text = new StringBuilder(written);
    for (int i = inserts.size() - 1; i >= 0; i--) {
      text.insert(inserts.get(i).intValue(), MARK);
    }
    return text.toString();
  }

  /// The place in the user's text of a byte of the whole statement; empty when it lies outside.
  Optional<Location> place(int bytes) {
    int at = bytes - before.getBytes(StandardCharsets.UTF_8).length;
    byte[] own = inner().getBytes(StandardCharsets.UTF_8);
    if (at < 0 || at > own.length) {
      return Optional.empty();
    }
    String ahead =
        written.substring(0, written(new String(own, 0, at, StandardCharsets.UTF_8).length()));
    int line = 1 + (int) ahead.chars().filter(c -> c == '\n').count();
    int column = ahead.codePointCount(ahead.lastIndexOf('\n') + 1, ahead.length()) + 1;
    return Optional.of(new Location("", line, column));
  }

  /// Where a character of the engine's text is in the user's.
  private int written(int inner) {
    int at = inner;
    for (int i = 0; i < inserts.size(); i++) {
      int begins = inserts.get(i) + i * MARK.length();
      if (inner > begins) {
        at -= Math.min(MARK.length(), inner - begins);
      }
    }
    return Math.clamp(at, 0, written.length());
  }

  /// The text of that many bytes at a byte of the whole statement.
  String excerpt(int bytes, int length) {
    byte[] all = whole().getBytes(StandardCharsets.UTF_8);
    int from = Math.clamp(bytes, 0, all.length);
    return new String(all, from, Math.clamp(length, 0, all.length - from), StandardCharsets.UTF_8);
  }
}
