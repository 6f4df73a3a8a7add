package dev.tarn.store;

import java.util.Optional;

/// The notes in `tarn_notes`.
record SqlNotes(Sql sql, Scope scope) implements Notes {

  @Override
  public void put(String key, String text) {
    sql.change(
        """
        INSERT INTO tarn_notes (branch, name, content) VALUES (?, ?, ?)
        ON CONFLICT (branch, name) DO UPDATE SET content = excluded.content\
        """,
        scope.branch(),
        key,
        text);
  }

  @Override
  public Optional<String> find(String key) {
    return sql.first(
        row -> row.text(1),
        "SELECT content FROM tarn_notes WHERE branch = ? AND name = ?",
        scope.branch(),
        key);
  }

  @Override
  public void remove(String key) {
    sql.change("DELETE FROM tarn_notes WHERE branch = ? AND name = ?", scope.branch(), key);
  }
}
