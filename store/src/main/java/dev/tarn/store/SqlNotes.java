package dev.tarn.store;

import java.util.Optional;

/// The notes in `tarn_notes`.
record SqlNotes(Sql sql) implements Notes {

  @Override
  public void put(String key, String text) {
    sql.change(
        """
        INSERT INTO tarn_notes (name, content) VALUES (?, ?)
        ON CONFLICT (name) DO UPDATE SET content = excluded.content\
        """,
        key,
        text);
  }

  @Override
  public Optional<String> find(String key) {
    return sql.first(row -> row.text(1), "SELECT content FROM tarn_notes WHERE name = ?", key);
  }

  @Override
  public void remove(String key) {
    sql.change("DELETE FROM tarn_notes WHERE name = ?", key);
  }
}
